//! How the interface's types look outside (contract): each is written as it stands here, and read back as it was.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use shared::api::{Access, Notice, Order, OrderQuery, PayAnswer, Service, SignIn, TokenMade, Who};
use shared::calendar::Timestamp;
use shared::orders::{CancelWhy, OrderState, ServiceState};

/// Reads `json` as a `T`, which writes the same.
#[track_caller]
fn same<T: Serialize + DeserializeOwned>(json: &Value) {
    // From text, as it arrives: an instant or an amount is read from a string there.
    let read: T = serde_json::from_str(&json.to_string()).expect("it reads");
    assert_eq!(&serde_json::to_value(&read).expect("it writes"), json);
}

const AT: &str = "2026-01-01T12:00:00+08:00";
const LATER: &str = "2027-01-01T12:00:00+08:00";

#[test]
fn orders_and_how_to_pay_them() {
    let order = |state: Value| {
        json!({
            "id": "20260101-7K2M", "kind": "purchase", "product": "data-analytics-2", "product_name": "数据分析",
            "vendor": "云帆", "revision": 3,
            "selection": {"edition": "standard", "term": "P1Y", "quantities": {"users": 10}, "options": {}, "count": 2},
            "names": {"edition": "标准版", "charges": [{"key": "users", "name": "用户数", "unit": "人"}]},
            "quoted": "416.00", "repriced": {"amount": "400.01", "reason": "老客户", "at": AT},
            "state": state, "placed_at": AT, "method": "transfer",
            "transfer": {"reference": "Q7K2M", "received": "0.00", "missing": "400.01"},
            "customer": {"id": "e1", "name": "示例科技"},
        })
    };
    for state in [
        json!({"is": "unpaid", "closes_at": LATER}),
        json!({"is": "paid", "at": AT}),
        json!({"is": "fulfilled", "paid_at": AT, "at": LATER}),
        json!({"is": "cancelled", "at": AT, "why": "by_buyer"}),
        json!({"is": "cancelled", "at": AT, "why": "not_paid"}),
        json!({"is": "cancelled", "at": AT, "why": "no_longer_allowed"}),
        json!({"is": "cancelled", "at": AT, "why": "superseded"}),
        json!({"is": "cancelled", "at": AT, "why": "service_changed"}),
        json!({"is": "cancelled", "at": AT, "why": "refund_asked"}),
        json!({"is": "refunded", "paid_at": AT, "at": LATER}),
    ] {
        same::<OrderState>(&state);
        same::<Order>(&order(state));
    }
    same::<PayAnswer>(&json!({"by": "page", "address": "/pay/sandbox/1"}));
    same::<PayAnswer>(&json!({"by": "transfer", "reference": "Q7K2M", "received": "60.00", "missing": "148.00"}));
    same::<OrderQuery>(&json!({"state": "unpaid", "number": "2026"}));
    same::<CancelWhy>(&json!("not_paid"));
}

#[test]
fn services_and_access() {
    let segment = json!({
        "start": AT, "end": LATER, "paid": "208.00", "kind": "new", "term": "P1Y", "gift_days": 0, "term_seconds": 31_536_000
    });
    let service = |state: Value, trial: bool| {
        let mut service = json!({
            "id": "20260101-7K2M-1", "order": "20260101-7K2M", "product": "data", "product_name": "数据分析",
            "vendor": "云帆", "state": state,
            "subscription": {
                "edition": "standard", "quantities": {"users": 10}, "options": {}, "trial": trial, "anchor_day": 1,
                "segments": if trial { json!([]) } else { json!([segment]) },
            },
            "names": {"edition": "标准版", "charges": []}, "paid": "208.00", "opened": AT, "end": LATER,
        });
        if trial {
            service["trial"] = json!({"days": 7, "extra": {"is": "offered", "days": 3}});
        }
        service
    };
    for (state, trial) in [
        (json!({"is": "provisioning", "since": AT}), true),
        (json!({"is": "active", "since": AT}), false),
        (json!({"is": "expired", "at": LATER}), false),
        (json!({"is": "closed", "at": LATER}), true),
    ] {
        same::<ServiceState>(&state);
        same::<Service>(&service(state, trial));
    }
    let access = |rest: Value| {
        let mut access = json!({
            "service": "A-1", "trial": false, "edition": "standard", "quantities": {"users": 10}, "options": {}
        });
        access.as_object_mut().expect("an object").extend(rest.as_object().expect("an object").clone());
        access
    };
    same::<Access>(&access(json!({"usable": true, "until": LATER})));
    let renew_at = "/account/services/A-1";
    for why_not in [json!({"is": "not_opened"}), json!({"is": "expired", "at": AT}), json!({"is": "closed", "at": AT})]
    {
        same::<Access>(&access(json!({"usable": false, "why_not": why_not, "renew_at": renew_at})));
    }
}

#[test]
fn people_and_notices() {
    let organisation = json!({"id": "e1", "name": "示例科技", "kind": "enterprise"});
    same::<Who>(&json!({
        "id": "m1", "name": "李雷", "email": "a@example.com", "role": "buyer_admin", "organisation": organisation, "demo": true
    }));
    same::<TokenMade>(&json!({
        "id": "t1", "name": "ERP", "scopes": ["read", "orders"], "created_at": AT, "secret": "qt_…"
    }));
    for kind in [
        json!({"kind": "service_ends", "service": "A-1", "end": LATER}),
        json!({"kind": "service_expired", "service": "A-1", "trial": true, "renewable_until": LATER}),
        json!({"kind": "order_repriced", "order": "A", "from": "416.00", "to": "400.01", "reason": "老客户"}),
        json!({"kind": "money_returned", "order": "A", "amount": "1.00", "why": "already_paid"}),
        json!({"kind": "amount_mismatch", "order": "A", "transaction": "t", "expected": "208.00", "notified": "2.08"}),
    ] {
        let mut notice = kind;
        notice.as_object_mut().expect("an object").extend([
            ("id".to_owned(), json!("n1")),
            ("at".to_owned(), json!(AT)),
            ("read".to_owned(), json!(false)),
        ]);
        same::<Notice>(&notice);
    }
}

#[test]
fn unknown_fields_are_refused_and_names_parse_as_they_print() {
    assert!(serde_json::from_str::<SignIn>(r#"{"email": "a", "password": "b", "remember": true}"#).is_err());
    for role in shared::api::Role::ALL {
        assert_eq!(shared::api::Role::parse(role.as_str()), Some(role));
        assert_eq!(json!(role), json!(role.as_str()));
    }
    for kind in shared::api::OrganisationKind::ALL {
        assert_eq!(shared::api::OrganisationKind::parse(kind.as_str()), Some(kind));
        assert_eq!(json!(kind), json!(kind.as_str()));
    }
    for scope in shared::api::Scope::ALL {
        assert_eq!(shared::api::Scope::parse(scope.as_str()), Some(scope));
        assert_eq!(json!(scope), json!(scope.as_str()));
    }
    for event in shared::orders::ledger::Event::ALL {
        assert_eq!(shared::orders::ledger::Event::parse(event.as_str()), Some(event));
        assert_eq!(json!(event), json!(event.as_str()));
    }
}

#[test]
fn every_path_is_filled_in() {
    use shared::api as paths;
    for (path, expected) in [
        (paths::invitation("x"), "/api/invitations/x"),
        (paths::token("x"), "/api/tokens/x"),
        (paths::order("x"), "/api/orders/x"),
        (paths::order_cancel("x"), "/api/orders/x/cancel"),
        (paths::order_reprice("x"), "/api/orders/x/reprice"),
        (paths::order_pay("x"), "/api/orders/x/pay"),
        (paths::transfer_confirm("x"), "/api/transfers/x/confirm"),
        (paths::sandbox_payment("x"), "/api/sandbox/payments/x"),
        (paths::service("x"), "/api/services/x"),
        (paths::service_opened("x"), "/api/services/x/opened"),
        (paths::service_note("x"), "/api/services/x/note"),
        (paths::extra_trial("x"), "/api/services/x/extra-trial"),
        (paths::notice_read("x"), "/api/notices/x/read"),
    ] {
        assert_eq!(path, expected);
    }
}

/// The domain's own values are kept as JSON by the store.
#[test]
fn what_the_store_keeps_reads_back() {
    #[derive(Serialize, Deserialize)]
    struct Kept {
        order: shared::orders::Order,
        service: shared::orders::Service,
        at: Timestamp,
    }
    let mut desk = crate::desk::Desk::seed(shared::orders::Method::Transfer);
    desk.receive("t", crate::desk::fen("300.00"), shared::orders::Method::Transfer).expect("paid");
    let kept = Kept { order: desk.order.clone(), service: desk.services["A-1"].clone(), at: desk.now };
    let text = serde_json::to_string(&kept).expect("it writes");
    let read: Kept = serde_json::from_str(&text).expect("it reads");
    assert_eq!((read.order, read.service), (kept.order, kept.service));
}
