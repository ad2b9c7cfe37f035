//! Rule O5.

use proptest::prelude::*;
use shared::aftersale::{
    Beside, Invoice, InvoiceKind, InvoiceState, NewInvoice, Refused, issue, reject, request, withdraw,
};
use shared::money::Fen;
use shared::orders::{Amount, Effect, NoticeKind, Order, OrderState, Recipient, Repriced, Step};

use super::{at, order, paid, unpaid};

fn new(id: &str) -> NewInvoice<'_> {
    NewInvoice {
        id: id.to_owned(),
        kind: InvoiceKind::Vat,
        title: " 上海晨光贸易有限公司 ",
        tax_number: "91330100799655058b",
        email: "Fapiao@Example.com",
    }
}

fn asked(order: &Order) -> Step<Invoice> {
    request(new("i"), order, &Beside::only(&[]), at(1)).expect("an invoice")
}

fn told(step: &Step<Invoice>) -> Vec<(Recipient, NoticeKind)> {
    let notice = |effect: &Effect| match effect {
        Effect::Notify(notice) => (notice.to.clone(), notice.kind.clone()),
        other => panic!("{other:?}"),
    };
    step.effects.iter().map(notice).collect()
}

#[test]
fn o5_what_was_paid_is_invoiced_and_the_isv_is_told() {
    let step = asked(&paid());
    let Invoice { title, tax_number, email, amount, state, .. } = &step.after;
    assert_eq!((title.as_str(), email.as_str()), ("上海晨光贸易有限公司", "fapiao@example.com"));
    assert_eq!((tax_number.as_str(), amount, state), ("91330100799655058B", &Fen::new(20_800), &InvoiceState::Open));
    let to = Recipient::Organisation("isv".to_owned());
    let amount = Fen::new(20_800);
    assert_eq!(told(&step), [(to, NoticeKind::InvoiceRequested { order: "A".to_owned(), amount })]);
    let fulfilled = order(OrderState::Fulfilled { paid_at: at(0), at: at(1) });
    assert_eq!(asked(&fulfilled).after.amount, Fen::new(20_800));
    let repriced = Some(Repriced { amount: Fen::new(1), reason: "老客户".to_owned(), at: at(0) });
    let cheaper = Order { amount: Amount { quoted: Fen::new(20_800), repriced, reduced: None }, ..paid() };
    assert_eq!(asked(&cheaper).after.amount, Fen::new(1), "what was paid, not what was quoted");
}

#[test]
fn o5_refusals() {
    for order in unpaid() {
        assert_eq!(
            request(new("i"), &order, &Beside::only(&[]), at(1)),
            Err(Refused::OrderNotPaid),
            "{:?}",
            order.state
        );
    }
    let free = Order { amount: Amount { quoted: Fen::ZERO, repriced: None, reduced: None }, ..paid() };
    let reviewed = Beside { refund_reviewed: true, ..Beside::only(&[]) };
    assert_eq!(request(new("i"), &paid(), &reviewed, at(1)), Err(Refused::RefundUnderReview));
    assert_eq!(request(new("i"), &free, &Beside::only(&[]), at(1)), Err(Refused::NothingPaid));
    let long = "长".repeat(101);
    for (wrong, refused) in [
        (NewInvoice { title: " ", ..new("i") }, Refused::InvoiceTitleInvalid),
        (NewInvoice { title: &long, ..new("i") }, Refused::InvoiceTitleInvalid),
        (NewInvoice { title: "a\nb", ..new("i") }, Refused::InvoiceTitleInvalid),
        (NewInvoice { tax_number: "91330100799655058C", ..new("i") }, Refused::TaxNumberInvalid),
        (NewInvoice { email: "nobody", ..new("i") }, Refused::EmailInvalid),
    ] {
        assert_eq!(request(wrong, &paid(), &Beside::only(&[]), at(1)), Err(refused));
    }
    let invoice = || asked(&paid()).after;
    for number in ["", " ", "12 34", "１２３", &"1".repeat(41)] {
        assert_eq!(issue(invoice(), number, at(2)), Err(Refused::InvoiceNumberInvalid), "{number}");
    }
    for reason in ["", " \n ", &"长".repeat(201), "a\u{7}"] {
        assert_eq!(reject(invoice(), reason, at(2)), Err(Refused::ReasonInvalid), "{reason}");
    }
}

/// What may happen to the invoices of an order.
#[derive(Clone, Copy, Debug)]
enum Happening {
    Request,
    Withdraw(usize),
    Issue(usize),
    Reject(usize),
}

fn happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        3 => Just(Happening::Request),
        1 => any::<usize>().prop_map(Happening::Withdraw),
        1 => any::<usize>().prop_map(Happening::Issue),
        1 => any::<usize>().prop_map(Happening::Reject),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// At most one invoice of an order holds, an ended one stays as it is, and an issued one is the last.
    #[test]
    fn o5_an_order_is_invoiced_at_most_once(happenings in prop::collection::vec(happening(), 0..20)) {
        let mut invoices: Vec<Invoice> = Vec::new();
        for (day, happening) in (1..).zip(happenings) {
            let before = invoices.clone();
            let held = before.iter().any(|invoice| invoice.state.holds());
            let pick = |which: usize| (which % before.len().max(1), before.get(which % before.len().max(1)).cloned());
            let (at_index, stepped) = match happening {
                Happening::Request => {
                    let made = request(new(&day.to_string()), &paid(), &Beside::only(&before), at(day));
                    prop_assert_eq!(made.is_ok(), !held);
                    invoices.extend(made.map(|step| step.after));
                    continue;
                }
                Happening::Withdraw(which) => (pick(which).0, pick(which).1.map(|it| withdraw(it, at(day)))),
                Happening::Issue(which) => (pick(which).0, pick(which).1.map(|it| issue(it, "2631-1", at(day)))),
                Happening::Reject(which) => (pick(which).0, pick(which).1.map(|it| reject(it, "抬头有误", at(day)))),
            };
            let Some(stepped) = stepped else { continue };
            let open = before[at_index].state == InvoiceState::Open;
            prop_assert_eq!(stepped.is_ok(), open, "only an open one changes");
            match stepped {
                Ok(step) => {
                    prop_assert_eq!(told(&step).len(), 1, "the other side is told");
                    invoices[at_index] = step.after;
                }
                Err(refused) => prop_assert_eq!(refused, Refused::InvoiceNotOpen),
            }
        }
        prop_assert!(invoices.iter().filter(|invoice| invoice.state.holds()).count() <= 1);
        let issued = invoices.iter().position(|invoice| matches!(invoice.state, InvoiceState::Issued { .. }));
        prop_assert!(issued.is_none_or(|issued| issued + 1 == invoices.len()));
    }
}
