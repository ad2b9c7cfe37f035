//! Random runs of steps in any order: [`Desk::check`] holds after each, whatever was refused.

use proptest::prelude::*;

use shared::calendar::Timestamp;
use shared::money::Fen;
use shared::orders::{
    DueWork, Method, OrderState, Outcome, Refused, Service, ServiceState, Step, cancel, close, close_service, expire,
    extra_trial, not_opened, notice_end, opened, pay_by, reprice,
};

use crate::desk::{Desk, fen, for_good, free, new_order, once, seed, ten_users};
use crate::trials::begun;

/// One thing that may happen.
#[derive(Clone, Debug)]
enum Happening {
    Reprice(i64),
    PayBy(Method),
    /// One of a few movements; how much more or less than is missing, or than is due.
    Money {
        transaction: u8,
        more: i64,
        of_missing: bool,
        via: Method,
    },
    Cancel,
    Close,
    Open(u8),
    Notice(u8),
    Expire(u8),
    CloseService(u8),
    ExtraTrial(u8),
    Wait(i64),
    /// Until work is due; does it.
    NextDue,
}

fn method() -> impl Strategy<Value = Method> {
    prop_oneof![Just(Method::Transfer), Just(Method::Sandbox)]
}

fn happening() -> impl Strategy<Value = Happening> {
    let more = prop_oneof![3 => Just(0_i64), 1 => Just(-1), 1 => Just(1), 2 => -30_000..30_000_i64];
    let money = (0..6_u8, more, any::<bool>(), method())
        .prop_map(|(transaction, more, of_missing, via)| Happening::Money { transaction, more, of_missing, via });
    let seconds = prop_oneof![Just(1), Just(3600), Just(86_399), Just(86_400), Just(7 * 86_400), Just(400 * 86_400)];
    prop_oneof![
        2 => prop_oneof![Just(0), -1..60_000_i64].prop_map(Happening::Reprice),
        1 => method().prop_map(Happening::PayBy),
        6 => money,
        1 => Just(Happening::Cancel),
        1 => Just(Happening::Close),
        2 => any::<u8>().prop_map(Happening::Open),
        1 => any::<u8>().prop_map(Happening::Notice),
        1 => any::<u8>().prop_map(Happening::Expire),
        1 => any::<u8>().prop_map(Happening::CloseService),
        1 => any::<u8>().prop_map(Happening::ExtraTrial),
        2 => seconds.prop_map(Happening::Wait),
        3 => Just(Happening::NextDue),
    ]
}

fn desk(kind: u8, method: Method) -> Desk {
    let trial = || begun("standard", &[("model", "APP")]).1;
    match kind {
        0 => Desk::seed(method),
        1 => Desk::placed(seed(), ten_users(3), "624.00", method),
        2 => Desk::placed(once(), for_good(2), "214.00", method),
        3 => Desk::placed(seed(), free(), "0.00", method),
        _ => Desk::placed_with(seed(), new_order(ten_users(2), "416.00", method), Some(trial())),
    }
}

/// A step that may find nothing to do.
fn serve(desk: &mut Desk, which: u8, step: fn(Service, Timestamp) -> Option<Step<Service>>) {
    let Some(id) = desk.services.keys().nth(usize::from(which) % desk.services.len().max(1)).cloned() else { return };
    drop(desk.serve(&id, |service, now| step(service, now).ok_or(Refused::ServiceNotProvisioning)));
}

fn happen(desk: &mut Desk, happening: &Happening) {
    match *happening {
        Happening::Reprice(amount) => {
            drop(desk.step(|order, with, now| reprice(order, Fen::new(amount), "why", with, now)));
        }
        Happening::PayBy(method) => drop(desk.step(|order, _, now| pay_by(order, method, now))),
        Happening::Money { transaction, more, of_missing, via } => {
            let due = desk.order.amount.due() - if of_missing { desk.order.kept } else { Fen::ZERO };
            let (transaction, amount) = (transaction.to_string(), due + Fen::new(more));
            if desk.receive(&transaction, amount, via).is_ok() {
                let (order, told) = (desk.order.clone(), desk.told.len());
                assert_eq!(desk.receive(&transaction, amount, via), Ok(Outcome::Duplicate));
                assert_eq!((&order, told), (&desk.order, desk.told.len()), "a duplicate changes nothing");
            }
        }
        Happening::Cancel => drop(desk.step(|order, _, now| cancel(order, now))),
        Happening::Close => drop(desk.step(|order, _, now| close(order, now).ok_or(Refused::OrderNotUnpaid))),
        Happening::Open(which) => serve(desk, which, |service, now| opened(service, now).ok()),
        Happening::Notice(which) => {
            serve(desk, which, notice_end);
        }
        Happening::Expire(which) => serve(desk, which, expire),
        Happening::CloseService(which) => serve(desk, which, |service, now| close_service(service, None, now)),
        Happening::ExtraTrial(which) => serve(desk, which, |service, now| extra_trial(service, now).ok()),
        Happening::Wait(seconds) => desk.later(seconds),
        Happening::NextDue => next_due(desk),
    }
}

fn next_due(desk: &mut Desk) {
    let Some(next) = (0..desk.due.len()).min_by_key(|index| desk.due[*index].at) else { return };
    let due = desk.due.remove(next);
    desk.now = desk.now.max(due.at);
    match due.work {
        DueWork::CloseOrder(_) => happen(desk, &Happening::Close),
        DueWork::NoticeEnd(id) => {
            drop(desk.serve(&id, |service, now| notice_end(service, now).ok_or(Refused::ServiceNotProvisioning)));
        }
        DueWork::NotOpened(_) => {
            drop(not_opened(&desk.order, &desk.services.values().cloned().collect::<Vec<_>>(), desk.now));
        }
        DueWork::AnswerRefund(id) => panic!("nobody asked for {id}"),
        DueWork::Expire(id) => {
            drop(desk.serve(&id, |service, now| expire(service, now).ok_or(Refused::ServiceNotProvisioning)));
        }
        DueWork::SettleMonth(_) => {}
        DueWork::CloseService(id) => {
            drop(
                desk.serve(&id, |service, now| {
                    close_service(service, None, now).ok_or(Refused::ServiceNotProvisioning)
                }),
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn money_is_conserved_and_states_keep_to_their_arrows(
        kind in 0..5_u8, method in method(), happenings in prop::collection::vec(happening(), 0..40),
    ) {
        let mut desk = desk(kind, method);
        for happening in &happenings {
            happen(&mut desk, happening);
        }
        // When all work that was due has been done, nothing is left open that has an end.
        while !desk.due.is_empty() {
            next_due(&mut desk);
        }
        let unpaid = matches!(desk.order.state, OrderState::Unpaid { .. });
        prop_assert!(!unpaid);
        prop_assert_eq!(desk.order.kept, fen("0.00"));
        for service in desk.services.values() {
            let closed = matches!(service.state, ServiceState::Closed { .. });
            prop_assert_eq!(closed, service.end().is_some(), "{:?}", service);
        }
    }
}
