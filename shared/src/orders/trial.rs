//! Beginning a trial (rule L13): an order that costs nothing, and a service to be opened.

use std::collections::BTreeMap;

use super::notice::tell;
use super::settle::new_service;
use super::{Amount, Effect, Method, NoticeKind, Order, OrderKind, OrderState, Refused, Service, Step};
use crate::calendar::Timestamp;
use crate::catalog::Offer;
use crate::lifecycle::{self, NoTrial};
use crate::money::Fen;
use crate::pricing::SelectionFile;

/// What a trial is begun with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTrial {
    /// The order's id.
    pub order: String,
    /// The id of the enterprise that tries.
    pub enterprise: String,
    /// The id of the ISV that sells the product.
    pub isv: String,
    /// The product's slug.
    pub product: String,
    /// The published configuration's revision.
    pub revision: u32,
    /// The edition's code.
    pub edition: String,
    /// By charge key.
    pub options: BTreeMap<String, String>,
    /// The version of the product's agreement that holds.
    pub agreement: u32,
}

/// Begins a trial of what `offer` has, unless the enterprise has tried the product before (`taken`), ever. Its days run
/// from its opening on.
pub fn begin_trial(new: NewTrial, taken: bool, offer: &Offer, at: Timestamp) -> Result<Step<Order>, Refused> {
    let tried = lifecycle::trial(offer, &new.edition, &new.options, at);
    let (subscription, terms) = tried.map_err(|none| match none {
        NoTrial::Selection(violations) => Refused::Selection(violations),
        NoTrial::NotOffered => Refused::TrialNotOffered,
    })?;
    if taken {
        return Err(Refused::TrialTaken);
    }
    let (quantities, options) = (subscription.quantities.clone(), subscription.options.clone());
    let mut order = Order {
        id: new.order,
        kind: OrderKind::Trial,
        enterprise: new.enterprise,
        isv: new.isv,
        product: new.product,
        revision: new.revision,
        selection: SelectionFile { edition: subscription.edition.clone(), term: None, quantities, options, count: 1 },
        on: None,
        quote: None,
        agreement: new.agreement,
        amount: Amount { quoted: Fen::ZERO, repriced: None, reduced: None },
        method: Method::Sandbox,
        state: OrderState::Paid { at },
        placed_at: at,
        kept: Fen::ZERO,
        movements: Vec::new(),
        services: Vec::new(),
        turn: None,
        before: None,
    };
    let service = Service { trial: Some(terms), ..new_service(&order, 1, subscription, Fen::ZERO, at) };
    order.services = vec![service.id.clone()];
    let kind = NoticeKind::TrialBegun { order: order.id.clone(), service: service.id.clone() };
    let effects = vec![tell(&order.isv, at, kind), Effect::Create(service)];
    Ok(Step { after: order, effects })
}
