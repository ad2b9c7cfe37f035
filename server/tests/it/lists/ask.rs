//! One part of any list, asked for.

use server::caller::Caller;
use server::failure::Failure;
use server::usecases::Market;
use shared::api::{OrderQuery, Part, RecordQuery, RefundQuery, ServiceQuery, TransferQuery};

use super::Filter;

/// A list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Orders,
    Services,
    Transfers,
    Refunds,
    Invoices,
    Reviews,
    Complaints,
    OfflineRefunds,
}

impl Kind {
    pub(super) const ALL: [Self; 8] = [
        Self::Orders,
        Self::Services,
        Self::Transfers,
        Self::Refunds,
        Self::Invoices,
        Self::Reviews,
        Self::Complaints,
        Self::OfflineRefunds,
    ];

    /// The states that its rows can be in.
    pub(super) const fn states(self) -> &'static [&'static str] {
        match self {
            Self::Orders => &["unpaid", "paid", "fulfilled", "cancelled", "refunded"],
            Self::Services => &["provisioning", "active", "expired", "closed"],
            Self::Transfers => &["expected", "short", "settled", "ended"],
            Self::Refunds => &["reviewing", "withdrawn", "refunding", "refunded", "rejected"],
            Self::Invoices => &["open", "issued", "rejected", "withdrawn"],
            Self::Reviews => &["unanswered", "answered"],
            Self::Complaints => &["open", "answered", "withdrawn", "closed"],
            Self::OfflineRefunds => &["recorded", "confirmed", "declined"],
        }
    }
}

type Asked = (Vec<String>, Option<String>);

/// The ids of a part, and where the next begins.
pub(super) async fn ask(market: &Market, kind: Kind, caller: &Caller, filter: Filter<'_>, part: &Part) -> Asked {
    try_ask(market, kind, caller, filter, part).await.expect("found")
}

/// The code with which a part is refused.
pub(super) async fn refused(market: &Market, kind: Kind, caller: &Caller, part: &Part) -> &'static str {
    try_ask(market, kind, caller, Filter::default(), part).await.expect_err("refused").code()
}

/// A name of the interface as its type.
fn named<T: serde::de::DeserializeOwned>(name: &str) -> T {
    serde_json::from_value(name.into()).expect("a name")
}

async fn try_ask(
    market: &Market,
    kind: Kind,
    caller: &Caller,
    filter: Filter<'_>,
    part: &Part,
) -> Result<Asked, Failure> {
    let text = |text: Option<&str>| text.map(str::to_owned);
    let Filter { number, product, state, customer, words } = filter;
    let (number, product, customer, words) = (text(number), text(product), text(customer), text(words));
    let record = || RecordQuery {
        number: number.clone(),
        product: product.clone(),
        state: text(state),
        customer: customer.clone(),
    };
    /// The ids of a list's rows.
    macro_rules! ids {
        ($list:expr, $rows:ident, $($id:ident).+) => {{
            let list = $list.await?;
            (list.$rows.into_iter().map(|row| row.$($id).+).collect(), list.next)
        }};
    }
    Ok(match kind {
        Kind::Orders => {
            let query = OrderQuery { number, product, state: state.map(named), customer };
            ids!(market.orders(caller, query, part), orders, id)
        }
        Kind::Services => {
            let query = ServiceQuery { id: number, product, state: state.map(named), customer, note: words };
            ids!(market.services(caller, query, part), services, id)
        }
        Kind::Transfers => {
            let query = TransferQuery { number, customer, state: state.map(named) };
            ids!(market.transfers(query, part), transfers, reference)
        }
        Kind::Refunds => {
            let query = RefundQuery { order: number, applicant: words, state: state.map(named) };
            ids!(market.refunds(caller, query, part), refunds, id)
        }
        Kind::Invoices => ids!(market.invoices(caller, record(), part), invoices, record.id),
        Kind::Reviews => ids!(market.reviews(caller, record(), part), reviews, record.id),
        Kind::Complaints => ids!(market.complaints(caller, record(), part), complaints, record.id),
        Kind::OfflineRefunds => ids!(market.offline_refunds(caller, record(), part), offline_refunds, record.id),
    })
}
