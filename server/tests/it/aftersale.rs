//! After the sale, told to both databases: the use cases as the HTTP handlers call them.

use serde_json::{Value, json};
use server::failure::Failure;
use server::store::answers::Made;
use server::usecases::{Form, audit};
use shared::aftersale::{Complaint, ComplaintState, Invoice, InvoiceState, OfflineRefund, Outcome, Review};
use shared::api::{
    Filed, May, OrderQuery, OrderStateName, Part, RecordQuery, ReviewPageQuery, Settlement, SettlementQuery,
};
use shared::calendar::Offset;
use shared::money::Fen;
use shared::orders::NoticeKind;
use shared::settlement::{Month, StatementState};

use super::store::fresh_database;
use super::trade::{Bench, asked, code};

/// A request's key and body.
fn write(key: &str, body: &Value) -> (server::store::answers::Asked, Vec<u8>) {
    let body = body.to_string().into_bytes();
    (asked(key, &body), body)
}

fn record<R: serde::de::DeserializeOwned>(made: Result<Made, Failure>) -> Filed<R> {
    serde_json::from_str(&made.expect("done").body).expect("a record")
}

fn refused<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> &'static str {
    code(&outcome.expect_err("refused"))
}

fn by_number(number: &str) -> RecordQuery {
    RecordQuery { number: Some(number.to_owned()), ..RecordQuery::default() }
}

pub(crate) async fn story(bench: &Bench) {
    invoiced(bench).await;
    reviewed(bench).await;
    complained(bench).await;
    refunded_offline(bench).await;
    one_or_the_other(bench).await;
    settled(bench).await;
    refunded_after_settlement(bench).await;
    let report = audit(&bench.store, Offset::CHINA).await.expect("audited");
    assert!(report.is_clean(), "{report}");
}

fn invoice_request() -> Value {
    json!({"kind": "vat", "title": "上海晨光贸易有限公司", "tax_number": "91330100799655058B",
        "email": "fapiao@enterprise.example"})
}

/// Rule O5.
async fn invoiced(bench: &Bench) {
    let market = &bench.market;
    let request = invoice_request();
    let order = bench.place(&bench.quote(2).await, "sandbox", "to-invoice").await.expect("placed").id;
    let (key, body) = write("invoice-early", &request);
    assert_eq!(refused(market.request_invoice(&bench.buyer, key, &order, &body).await), "order_not_paid");
    let payment = bench.payment(&order, "pay-to-invoice").await;
    bench.play(&payment, "pay").await;

    let (key, body) = write("invoice", &request);
    assert_eq!(refused(market.request_invoice(&bench.other, key.clone(), &order, &body).await), "order_not_found");
    let asked_for: Filed<Invoice> = record(market.request_invoice(&bench.buyer, key.clone(), &order, &body).await);
    assert_eq!((asked_for.record.amount.to_string(), asked_for.customer), ("416.00".to_owned(), None));
    let again: Filed<Invoice> = record(market.request_invoice(&bench.buyer, key, &order, &body).await);
    assert_eq!(again.record, asked_for.record, "one key, one invoice");
    let (key, body) = write("invoice-second", &request);
    assert_eq!(refused(market.request_invoice(&bench.buyer, key, &order, &body).await), "invoice_exists");

    let id = asked_for.record.id;
    let (key, body) = write("reject", &json!({"reason": "抬头与订单企业不符"}));
    let rejected: Filed<Invoice> = record(market.reject_invoice(&bench.isv, key, &id, &body).await);
    assert_eq!(rejected.customer.expect("a customer").id, "one");
    let (key, body) = write("invoice-third", &request);
    let id = record::<Invoice>(market.request_invoice(&bench.buyer, key, &order, &body).await).record.id;
    assert_eq!(refused(market.withdraw_invoice(&bench.other, asked("theirs", b""), &id).await), "record_not_found");
    record::<Invoice>(market.withdraw_invoice(&bench.buyer, asked("withdraw", b""), &id).await);
    let (key, body) = write("issue-withdrawn", &json!({"number": "1"}));
    assert_eq!(refused(market.issue_invoice(&bench.isv, key, &id, &body).await), "invoice_not_open");

    let (key, body) = write("invoice-fourth", &request);
    let id = record::<Invoice>(market.request_invoice(&bench.buyer, key, &order, &body).await).record.id;
    let (key, body) = write("issue", &json!({"number": "26312000000123456789"}));
    let issued: Filed<Invoice> = record(market.issue_invoice(&bench.isv, key, &id, &body).await);
    assert!(matches!(issued.record.state, InvoiceState::Issued { .. }));
    let told = bench.told(&bench.buyer).await;
    assert!(told.iter().any(|kind| matches!(kind, NoticeKind::InvoiceIssued { .. })), "{told:?}");
    let told = bench.told(&bench.isv).await;
    assert_eq!(told.iter().filter(|kind| matches!(kind, NoticeKind::InvoiceRequested { .. })).count(), 3, "{told:?}");

    // The lists find what matches, and only that (rule O9).
    let found = market.invoices(&bench.isv, by_number(&order), &Part::default()).await.expect("found").invoices;
    assert_eq!(found.len(), 3);
    for (query, count) in [
        (RecordQuery { state: Some("issued".to_owned()), ..by_number(&order) }, 1),
        (RecordQuery { state: Some("open".to_owned()), ..by_number(&order) }, 0),
        (RecordQuery { customer: Some("one".to_owned()), ..RecordQuery::default() }, 3),
        (RecordQuery { customer: Some("two".to_owned()), ..RecordQuery::default() }, 0),
        (RecordQuery { product: Some("nothing".to_owned()), ..RecordQuery::default() }, 0),
        (by_number("1999"), 0),
    ] {
        let found = market.invoices(&bench.operator, query.clone(), &Part::default()).await.expect("found").invoices;
        assert_eq!(found.len(), count, "{query:?}");
    }
    assert!(
        market
            .invoices(&bench.other, RecordQuery::default(), &Part::default())
            .await
            .expect("none")
            .invoices
            .is_empty()
    );
}

/// How the product stands, by its page and by its card: they say the same.
async fn standing(bench: &Bench) -> (u32, Option<String>) {
    bench.market.refresh_standings().await.expect("looked");
    let product = bench.market.product("data-analytics-2").expect("the product").text;
    let list = bench.market.products();
    let card = list.products.iter().find(|card| card.slug == "data-analytics-2").expect("the card");
    assert_eq!((card.text.users, &card.text.rating), (product.users, &product.rating));
    (product.users, product.rating)
}

/// A purchase of the example, paid; opened too where `open`.
async fn bought(bench: &Bench, key: &str, open: bool) -> String {
    let order = bench.place(&bench.quote(1).await, "sandbox", key).await.expect("placed").id;
    let payment = bench.payment(&order, &format!("pay-{key}")).await;
    bench.play(&payment, "pay").await;
    if open {
        let service = format!("{order}-1");
        bench.market.mark_opened(&bench.isv, asked(&service, b""), &service).await.expect("opened");
    }
    order
}

/// Rule O6.
async fn reviewed(bench: &Bench) {
    let market = &bench.market;
    let (users, before) = standing(bench).await;
    assert_eq!(before, None, "nobody has reviewed it yet");
    let first = bought(bench, "to-review", true).await;
    assert_eq!(standing(bench).await, (users.max(1), None), "an enterprise counts once");

    let say = |stars: i64, text: &str| json!({"stars": stars, "text": text});
    let (key, body) = write("review-nothing", &say(4, " "));
    assert_eq!(refused(market.review(&bench.buyer, key, &first, &body).await), "text_invalid");
    let (key, body) = write("review-stars", &say(6, "好"));
    assert_eq!(refused(market.review(&bench.buyer, key, &first, &body).await), "stars_invalid");
    let (key, body) = write("review", &say(4, "报表清楚，导出稍慢。"));
    assert_eq!(refused(market.review(&bench.other, key.clone(), &first, &body).await), "order_not_found");
    let review: Filed<Review> = record(market.review(&bench.buyer, key, &first, &body).await);
    assert_eq!(standing(bench).await.1.as_deref(), Some("4.0"));
    let (key, body) = write("review-again", &say(5, "好"));
    assert_eq!(refused(market.review(&bench.buyer, key, &first, &body).await), "already_reviewed");

    let id = review.record.id;
    let (key, body) = write("follow-up", &say(1, "后来变慢了"));
    let added: Filed<Review> = record(market.follow_up(&bench.buyer, key, &id, &body).await);
    assert!(added.record.follow_up.is_some());
    let (key, body) = write("follow-up-again", &say(1, "很慢"));
    assert_eq!(refused(market.follow_up(&bench.buyer, key, &id, &body).await), "already_reviewed");
    assert_eq!(standing(bench).await.1.as_deref(), Some("4.0"), "only first reviews count");

    for (which, again) in [("first", "already_answered"), ("follow_up", "already_answered")] {
        let answer = json!({"to": which, "text": "已优化导出速度。"});
        let (key, body) = write(which, &answer);
        record::<Review>(market.answer_review(&bench.isv, key, &id, &body).await);
        let (key, body) = write(&format!("{which}-again"), &answer);
        assert_eq!(refused(market.answer_review(&bench.isv, key, &id, &body).await), again);
    }
    // 25 more, of five stars: pages of 20, and a mean of 129/26 = 4.96…
    for n in 0..25 {
        let order = bought(bench, &format!("more-{n}"), false).await;
        let (key, body) = write(&format!("review-{n}"), &say(5, "好用"));
        record::<Review>(market.review(&bench.buyer, key, &order, &body).await);
    }
    assert_eq!(standing(bench).await.1.as_deref(), Some("5.0"));
    let first_page = market.product_reviews("data-analytics-2", ReviewPageQuery::default()).await.expect("a page");
    assert_eq!(first_page.reviews.len(), 20);
    let query = ReviewPageQuery { before: first_page.next };
    let second_page = market.product_reviews("data-analytics-2", query).await.expect("a page");
    assert_eq!((second_page.reviews.len(), second_page.next), (6, None));
    let mut ids: Vec<_> = first_page.reviews.iter().chain(&second_page.reviews).map(|review| &review.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 26, "each once");
    assert!(first_page.reviews.iter().all(|review| review.customer.ends_with("***")));

    let unanswered = RecordQuery { state: Some("unanswered".to_owned()), ..RecordQuery::default() };
    assert_eq!(market.reviews(&bench.isv, unanswered, &Part::default()).await.expect("found").reviews.len(), 25);
    let answered = RecordQuery { state: Some("answered".to_owned()), ..RecordQuery::default() };
    assert_eq!(market.reviews(&bench.isv, answered, &Part::default()).await.expect("found").reviews.len(), 1);
    let told = bench.told(&bench.isv).await;
    assert!(told.iter().any(|kind| matches!(kind, NoticeKind::Reviewed { stars: 1, .. })), "{told:?}");
}

/// Rule O7.
async fn complained(bench: &Bench) {
    let market = &bench.market;
    let order = bought(bench, "to-complain", false).await;
    let (key, body) = write("complain", &json!({"text": "三天未开通"}));
    assert_eq!(refused(market.complain(&bench.other, key.clone(), &order, &body).await), "order_not_found");
    let complaint: Filed<Complaint> = record(market.complain(&bench.buyer, key, &order, &body).await);
    let id = complaint.record.id;
    let (key, body) = write("reply", &json!({"text": "已开通，抱歉。"}));
    assert_eq!(refused(market.reply(&Bench::other_isv(), key.clone(), &id, &body).await), "record_not_found");
    record::<Complaint>(market.reply(&bench.isv, key, &id, &body).await);
    let answered = RecordQuery { state: Some("answered".to_owned()), ..by_number(&order) };
    assert_eq!(
        market.complaints(&bench.operator, answered, &Part::default()).await.expect("found").complaints.len(),
        1
    );
    let (key, body) = write("decide", &json!({"outcome": "upheld", "finding": "开通逾时，服务商须致歉。"}));
    let closed: Filed<Complaint> = record(market.decide(&bench.operator, key, &id, &body).await);
    assert!(matches!(closed.record.state, ComplaintState::Closed { outcome: Outcome::Upheld, .. }));
    let back = market.take_back(&bench.buyer, asked("back", b""), &id).await;
    assert_eq!(refused(back), "complaint_not_open");
    for (whom, count) in [(&bench.operator, 2), (&bench.isv, 2), (&bench.buyer, 2)] {
        let told = bench.told(whom).await;
        let about = |kind: &&NoticeKind| {
            matches!(
                kind,
                NoticeKind::ComplaintMade { .. }
                    | NoticeKind::ComplaintAnswered { .. }
                    | NoticeKind::ComplaintClosed { .. }
            )
        };
        assert_eq!(told.iter().filter(about).count(), count, "{told:?}");
    }
}

/// Rule O10: in the ledger, outside settlement.
async fn refunded_offline(bench: &Bench) {
    let market = &bench.market;
    let order = bought(bench, "offline", true).await;
    let open = || SettlementQuery { state: Some("open".to_owned()), ..SettlementQuery::default() };
    let before = market.settlements(&bench.isv, open()).await.expect("found");
    let (key, body) = write("offline-too-much", &json!({"amount": "208.01", "note": "部分退款"}));
    let refused_amount = refused(market.record_offline(&bench.isv, key, &order, &body).await);
    assert_eq!(refused_amount, "offline_refund_amount_invalid");
    let (key, body) = write("offline-record", &json!({"amount": "50.00", "note": "折扣补偿"}));
    let made: Filed<OfflineRefund> = record(market.record_offline(&bench.isv, key, &order, &body).await);
    let id = made.record.id;
    let confirmed = market.confirm_offline(&bench.other, asked("confirm-other", b""), &id).await;
    assert_eq!(refused(confirmed), "record_not_found");
    record::<OfflineRefund>(market.confirm_offline(&bench.buyer, asked("confirm", b""), &id).await);
    let (key, body) = write("decline", &json!({"reason": "没有收到"}));
    assert_eq!(refused(market.decline_offline(&bench.buyer, key, &id, &body).await), "offline_refund_not_open");
    let confirmed = RecordQuery { state: Some("confirmed".to_owned()), ..RecordQuery::default() };
    assert_eq!(
        market.offline_refunds(&bench.buyer, confirmed, &Part::default()).await.expect("found").offline_refunds.len(),
        1
    );
    assert_eq!(market.settlements(&bench.isv, open()).await.expect("found"), before, "settlement knows nothing of it");
}

/// What one side of the after-sale forbids the other: a refund is of the whole amount (rules O4, O5, O10). One order says it
/// beforehand.
async fn one_or_the_other(bench: &Bench) {
    let market = &bench.market;
    let order = bought(bench, "one-or-other", true).await;
    let (why, reviewed) = (json!({"reason": "不再需要"}), "refund_under_review");
    let (agreed, invoice) = (json!({"amount": "8.00", "note": "退差价"}), invoice_request());
    let beside = async || *market.order(&bench.buyer, &order).await.expect("the order").after_sale.expect("paid");
    let ask = async |name: &str| {
        let (key, body) = write(name, &why);
        market.ask_refund(&bench.buyer, key, &order, &body).await
    };

    // Under review: neither invoiced nor refunded offline.
    let May::Yes(terms) = beside().await.refund else { panic!("it may be asked for") };
    assert_eq!((terms.amount.to_string().as_str(), terms.review, terms.ends), ("208.00", true, None));
    let refund = ask("or-refund").await.expect("asked for").id;
    let stands = beside().await;
    assert_eq!((no(&stands.refund), no(&stands.invoice), no(&stands.offline)), (reviewed, reviewed, reviewed));
    let (key, body) = write("or-invoice", &invoice);
    assert_eq!(refused(market.request_invoice(&bench.buyer, key, &order, &body).await), reviewed);
    let (key, body) = write("or-offline", &agreed);
    assert_eq!(refused(market.record_offline(&bench.isv, key, &order, &body).await), reviewed);
    market.withdraw_refund(&bench.buyer, asked("or-withdraw", b""), &refund).await.expect("withdrawn");

    // An invoice that is asked for: not refunded until it is withdrawn.
    let (key, body) = write("or-invoice-2", &invoice);
    let made: Filed<Invoice> = record(market.request_invoice(&bench.buyer, key, &order, &body).await);
    assert_eq!(no(&beside().await.refund), "refund_invoice_open");
    assert_eq!(refused(ask("or-refund-2").await), "refund_invoice_open");
    record::<Invoice>(market.withdraw_invoice(&bench.buyer, asked("or-back", b""), &made.record.id).await);

    // Refunded offline, recorded or confirmed: not a second time; denied, it may be asked for again.
    let (key, body) = write("or-offline-2", &agreed);
    let made: Filed<OfflineRefund> = record(market.record_offline(&bench.isv, key, &order, &body).await);
    assert_eq!(
        (no(&beside().await.refund), no(&beside().await.offline)),
        ("refund_offline_open", "offline_refund_exists")
    );
    assert_eq!(refused(ask("or-refund-3").await), "refund_offline_open");
    let (key, body) = write("or-decline", &json!({"reason": "没有收到"}));
    record::<OfflineRefund>(market.decline_offline(&bench.buyer, key, &made.record.id, &body).await);
    assert!(matches!(beside().await.refund, May::Yes(_)));
    let (key, body) = write("or-offline-3", &agreed);
    let made: Filed<OfflineRefund> = record(market.record_offline(&bench.isv, key, &order, &body).await);
    record::<OfflineRefund>(market.confirm_offline(&bench.buyer, asked("or-had", b""), &made.record.id).await);
    assert_eq!(no(&beside().await.refund), "refund_offline");
    assert_eq!(refused(ask("or-refund-4").await), "refund_offline");
    let stands = beside().await;
    let May::Yes(left) = stands.offline else { panic!("more can be agreed on") };
    assert_eq!((left.amount.to_string().as_str(), stands.offline_refunds.len()), ("200.00", 2));
    assert_eq!((stands.invoices.len(), stands.refunds.len()), (1, 1));
    assert!(stands.refunds[0].customer.is_none());
    let theirs = market.order(&bench.isv, &order).await.expect("the order").after_sale.expect("paid");
    assert!(theirs.refunds[0].customer.is_some() && theirs.invoices[0].customer.is_some());
    bench.clean().await;
}

/// The code of what may not be.
fn no<T: std::fmt::Debug>(may: &May<T>) -> &str {
    let May::No(why) = may else { panic!("it may: {may:?}") };
    &why.code
}

/// Rule O8: what was fulfilled by now closes with its month, is exported, and paid out once.
async fn settled(bench: &Bench) {
    let market = &bench.market;
    let open = SettlementQuery { state: Some("open".to_owned()), ..SettlementQuery::default() };
    let found = market.settlements(&bench.isv, open.clone()).await.expect("found").settlements;
    let [month] = &found[..] else { panic!("one open month: {found:?}") };
    assert_eq!(month.month, Month::of(market.clock().now()));
    let fulfilled: Vec<_> = bench
        .market
        .orders(
            &bench.isv,
            OrderQuery { state: Some(OrderStateName::Fulfilled), ..OrderQuery::default() },
            &Part::default(),
        )
        .await
        .expect("orders")
        .orders;
    let all = market.settlements(&bench.isv, SettlementQuery::default()).await.expect("found").settlements;
    let sum = |of: fn(&Settlement) -> Fen| all.iter().fold(Fen::ZERO, |sum, month| sum + of(month));
    let orders = fulfilled.iter().fold(Fen::ZERO, |sum, order| sum + order.amount.due());
    assert_eq!(sum(|month| month.fulfilled), orders, "every fulfilled order is in a month");
    assert!(month.fulfilled > Fen::ZERO && month.payable == month.fulfilled);

    let (key, body) = write("pay-open", &json!({"reference": "B20260201"}));
    assert_eq!(refused(market.pay_out(&bench.operator, key, &month.id, &body).await), "month_open");
    bench.advance("P32D").await;
    let closed = market.settlement(&bench.isv, &month.id).await.expect("the month");
    assert!(matches!(closed.state, StatementState::Closed { .. }), "{closed:?}");
    assert_eq!((closed.payable, closed.fulfilled), (month.payable, month.fulfilled));
    let lines = closed.lines.as_ref().expect("its orders");
    let sum = lines.iter().fold(Fen::ZERO, |sum, line| sum + line.line.amount);
    assert_eq!(sum, closed.fulfilled);
    let next = closed.month.next().next().start(Offset::CHINA).expect("in range");
    assert_eq!(closed.payable_by.plus_seconds(1), Some(next), "payable by the end of the next month");

    let csv = market.export_settlement(&bench.isv, &month.id, Form::Csv, false).await.expect("a file");
    let text = String::from_utf8(csv.bytes).expect("UTF-8");
    assert!(text.starts_with("\u{FEFF}订单号,商品,客户,类型,时间,金额（元）\r\n"), "{text}");
    assert_eq!(text.matches("\r\n").count(), 1 + lines.len() + 5);
    assert!(text.contains(&format!("应付金额,,,,,{}\r\n", closed.payable)), "{text}");
    let xlsx = market.export_settlement(&bench.isv, &month.id, Form::Xlsx, true).await.expect("a file");
    assert!(xlsx.bytes.starts_with(b"PK") && xlsx.name == format!("settlement-{}.xlsx", month.month));

    assert_eq!(refused(market.settlement(&Bench::other_isv(), &month.id).await), "settlement_not_found");
    let (key, body) = write("pay-out", &json!({"reference": "B20260201"}));
    let paid = market.pay_out(&bench.operator, key.clone(), &month.id, &body).await.expect("paid");
    assert_eq!(market.pay_out(&bench.operator, key, &month.id, &body).await.expect("again"), paid);
    let (key, body) = write("pay-twice", &json!({"reference": "B2"}));
    assert_eq!(refused(market.pay_out(&bench.operator, key, &month.id, &body).await), "already_paid_out");
    let told = bench.told(&bench.isv).await;
    assert!(told.iter().any(|kind| matches!(kind, NoticeKind::MonthPaidOut { .. })), "{told:?}");
    let closed = told
        .iter()
        .filter(|kind| matches!(kind, NoticeKind::MonthSettled { month, .. } if *month == paid_month(&paid)));
    assert_eq!(closed.count(), 1, "closed once");
}

/// A refund in the month after settlement carries over (rule O8): the month that was paid out stays as it was, the next has
/// nothing to pay and carries what is missing, and the one after deducts it.
async fn refunded_after_settlement(bench: &Bench) {
    let market = &bench.market;
    let month = async |month: Month| {
        let found = market.settlements(&bench.isv, SettlementQuery::default()).await.expect("found").settlements;
        found.into_iter().find(|it| it.month == month).expect("the month")
    };
    let now = market.clock().now();
    let sold_in = Month::of(now).next();
    let last_day = sold_in.end(Offset::CHINA).expect("in range").since(now) - 86_400;
    bench.advance(&format!("PT{last_day}S")).await;
    let order = bought(bench, "late", true).await;
    bench.advance("P1DT2H").await;
    let closed = month(sold_in).await;
    assert_eq!((closed.fulfilled.to_string().as_str(), closed.payable), ("208.00", closed.fulfilled));
    let (key, body) = write("pay-out-late", &json!({"reference": "B20260301"}));
    market.pay_out(&bench.operator, key, &closed.id, &body).await.expect("paid");
    let paid = month(sold_in).await;

    let (key, body) = write("refund-late", &json!({"reason": "不再需要"}));
    let refund = market.ask_refund(&bench.buyer, key, &order, &body).await.expect("asked for").id;
    market.approve_refund(&bench.isv, asked("approve-late", b""), &refund).await.expect("approved");
    bench.advance("PT2M").await;
    assert_eq!(month(sold_in).await, paid, "what was paid out stays as it was");
    let next = month(sold_in.next()).await;
    let of = |it: &Settlement| [it.fulfilled, it.refunded, it.deducted, it.payable, it.carried].map(Fen::fen);
    assert_eq!(of(&next), [0, 20_800, 0, 0, 20_800]);
    bench.advance("P32D").await;
    for key in ["after-1", "after-2"] {
        bought(bench, key, true).await;
    }
    assert_eq!(of(&month(sold_in.next().next()).await), [41_600, 0, 20_800, 20_800, 0], "two sold, one deducted");
}

fn paid_month(paid: &Made) -> String {
    paid.id.chars().take(7).collect()
}

#[tokio::test]
async fn the_story_after_the_sale_on_sqlite() {
    story(&Bench::open(None).await).await;
}

#[tokio::test]
async fn the_story_after_the_sale_on_postgresql() {
    let Some(address) = fresh_database("aftersale").await else { return };
    story(&Bench::open(Some(&address)).await).await;
}
