//! Whatever is told, in the app or by mail, leads to a page that there is.
#![cfg(feature = "ssr")]

use app::account::route::Route as Account;
use app::console::route::Route as Console;
use app::i18n::Lang;
use app::trade::notices::told;
use shared::orders::NoticeKind;

const BUYER: &str = "/account";
const OTHERS: &str = "/console";

/// Every kind of notice, with who is told: the buyer, somebody who has a console, or both.
const KINDS: &[(&str, &[&str])] = &[
    (r#"{"kind":"service_ends","service":"s","end":"2027-11-21T10:00:00+08:00"}"#, &[BUYER]),
    (r#"{"kind":"trial_ends","service":"s","end":"2027-11-21T10:00:00+08:00"}"#, &[BUYER]),
    (
        r#"{"kind":"service_expired","service":"s","trial":false,"renewable_until":"2027-11-21T10:00:00+08:00"}"#,
        &[BUYER],
    ),
    (r#"{"kind":"service_closed","service":"s"}"#, &[BUYER, OTHERS]),
    (r#"{"kind":"service_opened","service":"s"}"#, &[BUYER]),
    (r#"{"kind":"order_repriced","order":"o","from":"2.00","to":"1.00","reason":"r"}"#, &[BUYER]),
    (r#"{"kind":"order_closed","order":"o","why":"not_paid"}"#, &[BUYER]),
    (r#"{"kind":"money_returned","order":"o","amount":"1.00","why":"over"}"#, &[BUYER]),
    (
        r#"{"kind":"transfer_short","order":"o","received":"1.00","missing":"1.00","closes_at":"2027-11-21T10:00:00+08:00"}"#,
        &[BUYER],
    ),
    (r#"{"kind":"order_placed","order":"o","amount":"1.00"}"#, &[OTHERS]),
    (r#"{"kind":"order_paid","order":"o","amount":"1.00"}"#, &[OTHERS]),
    (r#"{"kind":"trial_begun","order":"o","service":"s"}"#, &[OTHERS]),
    (r#"{"kind":"transfer_expected","order":"o","amount":"1.00"}"#, &[OTHERS]),
    (r#"{"kind":"amount_mismatch","order":"o","transaction":"t","expected":"2.00","notified":"1.00"}"#, &[OTHERS]),
    (r#"{"kind":"transfer_to_return","order":"o","amount":"1.00"}"#, &[OTHERS]),
    (r#"{"kind":"invoice_requested","order":"o","amount":"1.00"}"#, &[OTHERS]),
    (r#"{"kind":"invoice_withdrawn","order":"o"}"#, &[OTHERS]),
    (r#"{"kind":"invoice_issued","order":"o","number":"1"}"#, &[BUYER]),
    (r#"{"kind":"invoice_rejected","order":"o","reason":"r"}"#, &[BUYER]),
    (r#"{"kind":"reviewed","order":"o","stars":5}"#, &[OTHERS]),
    (r#"{"kind":"review_answered","order":"o"}"#, &[BUYER]),
    (r#"{"kind":"month_settled","month":"2026-11","payable":"1.00"}"#, &[OTHERS]),
    (r#"{"kind":"month_paid_out","month":"2026-11","amount":"1.00","reference":"r"}"#, &[OTHERS]),
    (r#"{"kind":"complaint_made","order":"o"}"#, &[OTHERS]),
    (r#"{"kind":"complaint_answered","order":"o"}"#, &[BUYER, OTHERS]),
    (r#"{"kind":"complaint_withdrawn","order":"o"}"#, &[OTHERS]),
    (r#"{"kind":"complaint_closed","order":"o","outcome":"upheld","finding":"f"}"#, &[BUYER, OTHERS]),
    (r#"{"kind":"offline_recorded","order":"o","amount":"1.00"}"#, &[BUYER]),
    (r#"{"kind":"offline_confirmed","order":"o","amount":"1.00"}"#, &[OTHERS]),
    (r#"{"kind":"offline_declined","order":"o","reason":"r"}"#, &[OTHERS]),
    (r#"{"kind":"not_opened_in_time","order":"o"}"#, &[BUYER]),
    (
        r#"{"kind":"refund_asked","refund":"o-R1","order":"o","amount":"1.00","answer_until":"2027-11-21T10:00:00+08:00"}"#,
        &[OTHERS],
    ),
    (r#"{"kind":"refund_withdrawn","refund":"o-R1","order":"o"}"#, &[OTHERS]),
    (r#"{"kind":"refund_approved","refund":"o-R1","order":"o","amount":"1.00","by":"isv"}"#, &[BUYER, OTHERS]),
    (r#"{"kind":"refund_rejected","refund":"o-R1","order":"o","reason":"r"}"#, &[BUYER]),
    (r#"{"kind":"refund_sent","refund":"o-R1","order":"o","amount":"1.00"}"#, &[BUYER]),
    (r#"{"kind":"refund_to_send","refund":"o-R1","order":"o","amount":"1.00"}"#, &[OTHERS]),
];

#[test]
fn every_notice_leads_to_a_page() {
    for (json, whom) in KINDS {
        let kind: NoticeKind = serde_json::from_str(json).expect(json);
        for under in *whom {
            for lang in [Lang::Zh, Lang::En] {
                let (sentence, address) = told(&kind, under, lang);
                let (path, query) = address.split_once('?').unwrap_or((&address, ""));
                let leads = if *under == BUYER {
                    Account::read(path, query) != Account::Unknown
                } else {
                    Console::read(path) != Console::Unknown
                };
                assert!(leads && !sentence.is_empty(), "{json}: {address}");
            }
        }
    }
}
