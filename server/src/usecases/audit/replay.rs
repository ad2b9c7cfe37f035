//! A service is what its orders made of it: each of them settled again, one after the other (rules L3, L7–L9, O2, O4).

use std::collections::HashMap;

use shared::lifecycle::Subscription;
use shared::orders::{Order, OrderState, Service, settled_again};

use super::{Offers, Wrong};
use crate::store::StoreError;
use crate::store::sql::{Sql, values};

/// The ids of the settled orders of services, in the order in which they were, trials apart, by the service's id.
pub(super) type Histories = HashMap<String, Vec<String>>;

/// Those of the services from the first of these ids to the last.
pub(super) async fn histories(sql: &mut dyn Sql, first: &str, last: &str) -> Result<Histories, StoreError> {
    let query = "SELECT s.service, s.order_id FROM service_orders s JOIN orders o ON o.id = s.order_id \
         WHERE s.service >= $1 AND s.service <= $2 AND o.turn IS NOT NULL ORDER BY s.service, o.turn";
    let mut histories = Histories::new();
    for mut row in sql.rows(query, values![first, last]).await? {
        histories.entry(row.take()?).or_default().push(row.take()?);
    }
    Ok(histories)
}

/// Settles each order of the service again: it comes to what was paid, found the service as the one before left it, and the last
/// one left it as it is. One that was refunded left nothing, but for the purchase: that closed it as it was then.
pub(super) fn check(offers: &Offers, service: &Service, orders: &[Order]) -> Wrong {
    let mut wrong = Wrong::default();
    let Some(bought) = orders.iter().rposition(|order| order.on.is_none()) else {
        // A trial runs from its opening on, which no order says.
        wrong.expect(service.trial.is_some(), "nobody bought it");
        return wrong;
    };
    let mut now: Option<Subscription> = None;
    for (n, order) in orders.iter().enumerate() {
        let offer = offers.get(&(order.product.clone(), order.revision)).and_then(Option::as_deref);
        // An offer that cannot be read is reported once.
        let Some(offer) = offer else { return wrong };
        let again = settled_again(order, offer);
        let same =
            again.as_ref().is_some_and(|it| it.amount == order.amount.due() && it.after.len() == order.services.len());
        wrong.expect(same, format_args!("order {}, settled again, does not come to what was paid", order.id));
        let undone = n > bought && matches!(order.state, OrderState::Refunded { .. });
        if n < bought || undone {
            continue;
        }
        let before = order.before.as_ref().map(|before| &before.subscription);
        wrong.expect(before == now.as_ref(), format_args!("it was not as order {} found it", order.id));
        let which = order.services.iter().position(|id| *id == service.id);
        now = which.zip(again).and_then(|(which, again)| again.after.into_iter().nth(which));
    }
    wrong.expect(now.as_ref() == Some(&service.subscription), "it is not what its orders made of it");
    wrong
}
