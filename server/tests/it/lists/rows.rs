//! The rows of each list as the test knows them, the newest first.

use serde::Serialize;
use server::caller::Caller;
use server::store::records::Record;
use shared::api::{OrderQuery, Part, RecordQuery, RefundQuery, Role, ServiceQuery, TransferQuery};

use super::ask::Kind;
use super::world::{World, caller, isv_of};

/// A row.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) id: String,
    /// Its own number, or its order's.
    pub(super) number: String,
    pub(super) product: String,
    pub(super) state: String,
    pub(super) enterprise: String,
    pub(super) words: String,
}

/// The name of a state that carries its data.
fn is(state: &impl Serialize) -> String {
    let state = serde_json::to_value(state).expect("JSON");
    state["is"].as_str().or(state.as_str()).expect("a name").to_owned()
}

fn newest_first<T: Ord>(places: &[T]) {
    assert!(places.is_sorted_by(|a, b| a > b), "the newest first, none twice");
}

/// All that there is of a list, each row by itself where it can be asked for by itself.
pub(super) async fn read(world: &World, kind: Kind, operator: &Caller) -> Vec<Row> {
    let (market, all) = (&world.market, &Part::default());
    let record = RecordQuery::default;
    match kind {
        Kind::Orders => {
            let list = market.orders(operator, OrderQuery::default(), all).await.expect("orders").orders;
            newest_first(&list.iter().map(|order| (order.placed_at, order.id.clone())).collect::<Vec<_>>());
            assert_eq!(list.len(), world.orders.len());
            let mut rows = Vec::new();
            for listed in list {
                let (id, enterprise, product) =
                    world.orders.iter().find(|(id, ..)| *id == listed.id).expect("it was ordered");
                let order = market.order(&caller(enterprise, Role::BuyerAdmin), id).await.expect("the order");
                rows.push(Row {
                    id: id.clone(),
                    number: id.clone(),
                    product: (*product).to_owned(),
                    state: is(&order.state),
                    enterprise: (*enterprise).to_owned(),
                    words: String::new(),
                });
            }
            rows
        }
        Kind::Services => {
            let list = market.services(operator, ServiceQuery::default(), all).await.expect("services").services;
            let mut rows = Vec::new();
            for listed in list {
                let isv = caller(isv_of(&listed.product), Role::IsvOwner);
                let service = market.service(&isv, &listed.id).await.expect("the service").service;
                rows.push(Row {
                    id: service.id.clone(),
                    number: service.id,
                    product: service.product,
                    state: is(&service.state),
                    enterprise: service.customer.expect("a customer").id,
                    words: service.note.unwrap_or_default(),
                });
            }
            let mut ids: Vec<_> = rows.iter().map(|row| &row.id).collect();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len(), rows.len(), "none twice");
            rows
        }
        Kind::Transfers => {
            let list = market.transfers(TransferQuery::default(), all).await.expect("transfers").transfers;
            newest_first(&list.iter().map(|it| (it.placed_at, it.order.clone())).collect::<Vec<_>>());
            assert_eq!(list.len(), world.transfers);
            let row = |it: shared::api::Transfer| Row {
                id: it.reference.clone(),
                number: it.reference,
                product: String::new(),
                state: is(&it.state),
                enterprise: it.customer.id,
                words: String::new(),
            };
            list.into_iter().map(row).collect()
        }
        Kind::Refunds => {
            let list = market.refunds(operator, RefundQuery::default(), all).await.expect("refunds").refunds;
            newest_first(&list.iter().map(|it| (it.asked_at, it.id.clone())).collect::<Vec<_>>());
            let mut rows = Vec::new();
            for listed in list {
                let refund = market.refund(operator, &listed.id).await.expect("the refund");
                rows.push(Row {
                    id: refund.id,
                    number: refund.order,
                    product: refund.product,
                    state: is(&refund.state),
                    enterprise: refund.customer.expect("a customer").id,
                    words: refund.applicant,
                });
            }
            rows
        }
        Kind::Invoices => {
            let list = market.invoices(operator, record(), all).await.expect("invoices").invoices;
            kept(list.into_iter().map(|it| (is(&it.record.state), it.record)))
        }
        Kind::Reviews => {
            let list = market.reviews(operator, record(), all).await.expect("reviews").reviews;
            let state = |answered| if answered { "answered" } else { "unanswered" }.to_owned();
            kept(list.into_iter().map(|it| (state(it.record.first.answer.is_some()), it.record)))
        }
        Kind::Complaints => {
            let list = market.complaints(operator, record(), all).await.expect("complaints").complaints;
            let state =
                |state: String, answered| if state == "open" && answered { "answered".to_owned() } else { state };
            kept(list.into_iter().map(|it| (state(is(&it.record.state), it.record.answer.is_some()), it.record)))
        }
        Kind::OfflineRefunds => {
            let list = market.offline_refunds(operator, record(), all).await.expect("refunds").offline_refunds;
            kept(list.into_iter().map(|it| (is(&it.record.state), it.record)))
        }
    }
}

fn kept<R: Record>(records: impl Iterator<Item = (String, R)>) -> Vec<Row> {
    let mut places = Vec::new();
    let rows = records
        .map(|(state, record)| {
            let index = record.index();
            places.push((index.made_at, index.id.to_owned()));
            Row {
                id: index.id.to_owned(),
                number: index.order.to_owned(),
                product: index.product.to_owned(),
                state,
                enterprise: index.enterprise.to_owned(),
                words: String::new(),
            }
        })
        .collect();
    newest_first(&places);
    rows
}
