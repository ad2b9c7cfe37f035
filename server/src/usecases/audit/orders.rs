//! Orders: each against its quotation, its price, its movements of money, and its accounts.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use shared::api::Confirmed;
use shared::money::Fen;
use shared::orders::ledger::Account;
use shared::orders::{Order, OrderKind, OrderState};

use super::{Books, Looking, PAGE, Wrong, each};
use crate::failure::Failure;
use crate::store::counted::OrderRow;
use crate::store::sql::{Row, Sql, Value, values};
use crate::store::{StoreError, document, orders, seal};

/// So many ids are asked for at once.
pub(super) const TOGETHER: usize = 1000;

/// Checks every order; returns what each ISV's fulfilled ones came to.
pub(super) async fn check(sql: &mut dyn Sql, books: &mut Books) -> Result<HashMap<String, i64>, Failure> {
    let (mut after, mut count, mut fulfilled) = (String::new(), 0, HashMap::new());
    let mut before: Option<Looking<Page, (Option<Order>, Wrong)>> = None;
    loop {
        let page = Page::read(sql, &after).await?;
        if let Some((page, looked)) = before.take().map(Looking::end) {
            for (kept, (order, wrong)) in page.orders.iter().zip(looked) {
                take(books, &mut fulfilled, kept, &page.beside, order, wrong);
            }
        }
        let Some(page) = page else { break };
        after.clone_from(&page.last);
        let orders = page.orders.len();
        count += orders as u64;
        before = Some(Looking::at(page, orders, |page, n| look(&page.orders[n], &page.beside)));
    }
    books.report.looked_at.push(("orders", count));
    Ok(fulfilled)
}

/// Takes down what was found of an order.
fn take(
    books: &mut Books,
    fulfilled: &mut HashMap<String, i64>,
    kept: &Kept,
    beside: &Beside,
    order: Option<Order>,
    mut wrong: Wrong,
) {
    let place = format!("order {}", kept.id);
    books.counted.order(kept.counted(), books.counted_by);
    let Some(order) = order else { return books.report.take(&place, wrong) };
    let (received, returned) = beside.moved(&order.id, &mut wrong);
    books.report.take(&place, wrong);
    check_money(books, &place, &order, received, returned);
    if let OrderState::Fulfilled { .. } = order.state {
        *fulfilled.entry(order.isv.clone()).or_default() += order.amount.due().fen();
    }
}

/// Orders, and what belongs to them.
struct Page {
    orders: Vec<Kept>,
    beside: Beside,
    /// The last one's id.
    last: String,
}

impl Page {
    /// The orders after that of this id, if there are any.
    async fn read(sql: &mut dyn Sql, after: &str) -> Result<Option<Self>, StoreError> {
        let query = "SELECT id, enterprise, isv, product, quotation, kind, method, state, amount_fen, placed_at, \
             document, seal, service, turn, paid_at, refunded_at FROM orders WHERE id > $1 ORDER BY id LIMIT $2";
        let rows = sql.rows(query, values![after, PAGE]).await?;
        let orders = rows.into_iter().map(Kept::read).collect::<Result<Vec<_>, StoreError>>()?;
        let Some(last) = orders.last().map(|last| last.id.clone()) else { return Ok(None) };
        Ok(Some(Self { beside: Beside::read(sql, after, &last).await?, orders, last }))
    }
}

/// The orders of these ids, where they can be read.
pub(super) async fn of_ids(
    sql: &mut dyn Sql,
    ids: impl Iterator<Item = &str> + Send,
) -> Result<BTreeMap<String, Order>, StoreError> {
    let ids: BTreeSet<&str> = ids.collect();
    let mut texts: Vec<(String, String)> = Vec::with_capacity(ids.len());
    for ids in ids.into_iter().collect::<Vec<_>>().chunks(TOGETHER) {
        let places: Vec<String> = (1..=ids.len()).map(|place| format!("${place}")).collect();
        let query = format!("SELECT id, document FROM orders WHERE id IN ({})", places.join(", "));
        let ids: Vec<Value<'_>> = ids.iter().map(|id| Value::from(*id)).collect();
        for mut row in sql.rows(&query, &ids).await? {
            texts.push((row.take()?, row.take()?));
        }
    }
    let read = each(&texts, |(id, text)| document::read::<Order>(text).ok().map(|order| (id.clone(), order)));
    Ok(read.into_iter().flatten().collect())
}

/// An order's row.
struct Kept {
    id: String,
    enterprise: String,
    isv: String,
    product: String,
    quotation: Option<String>,
    kind: String,
    method: String,
    state: String,
    amount: Fen,
    placed_at: i64,
    document: String,
    seal: Vec<u8>,
    service: Option<String>,
    turn: Option<i64>,
    paid_at: Option<i64>,
    refunded_at: Option<i64>,
}

impl Kept {
    fn read(mut row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.take()?,
            enterprise: row.take()?,
            isv: row.take()?,
            product: row.take()?,
            quotation: row.take()?,
            kind: row.take()?,
            method: row.take()?,
            state: row.take()?,
            amount: row.take()?,
            placed_at: row.take()?,
            document: row.take()?,
            seal: row.take()?,
            service: row.take()?,
            turn: row.take()?,
            paid_at: row.take()?,
            refunded_at: row.take()?,
        })
    }

    fn counted(&self) -> OrderRow<'_> {
        let Self { kind, state, amount, placed_at, paid_at, refunded_at, turn, .. } = self;
        OrderRow {
            of: [&self.isv, &self.enterprise, &self.product],
            kind,
            state,
            amount: *amount,
            placed_at: *placed_at,
            paid_at: *paid_at,
            refunded_at: *refunded_at,
            turn: *turn,
        }
    }

    fn columns(&self) -> [Value<'_>; 11] {
        [
            (&self.id).into(),
            (&self.enterprise).into(),
            (&self.isv).into(),
            (&self.product).into(),
            (&self.quotation).into(),
            (&self.kind).into(),
            (&self.method).into(),
            (&self.state).into(),
            self.amount.into(),
            self.placed_at.into(),
            (&self.document).into(),
        ]
    }
}

/// What belongs to the orders of a page.
struct Beside {
    /// Documents, by the quotation's id.
    quotations: HashMap<String, String>,
    /// By the order's id.
    receipts: HashMap<String, Vec<Moved>>,
    returns: HashMap<String, Vec<Moved>>,
    /// The ids of its services as they are written down, in order, by the order's id.
    services: HashMap<String, Vec<String>>,
}

/// A movement of money.
struct Moved {
    id: String,
    amount: i64,
    whole: bool,
}

impl Beside {
    /// Of the orders after the first id, up to the last.
    async fn read(sql: &mut dyn Sql, after: &str, last: &str) -> Result<Self, StoreError> {
        let query = "SELECT q.id, q.document FROM orders o JOIN quotations q ON q.id = o.quotation \
             WHERE o.id > $1 AND o.id <= $2";
        let mut quotations = HashMap::new();
        for mut row in sql.rows(query, values![after, last]).await? {
            quotations.insert(row.take()?, row.take()?);
        }
        let query = "SELECT order_id, service FROM service_orders WHERE order_id > $1 AND order_id <= $2 \
             ORDER BY order_id, service";
        let mut services: HashMap<String, Vec<String>> = HashMap::new();
        for mut row in sql.rows(query, values![after, last]).await? {
            services.entry(row.take()?).or_default().push(row.take()?);
        }
        let (receipts, returns) = (receipts(sql, after, last).await?, returns(sql, after, last).await?);
        Ok(Self { quotations, receipts, returns, services })
    }

    /// What arrived for an order, and what went back.
    fn moved(&self, order: &str, wrong: &mut Wrong) -> (i64, i64) {
        let mut sum = |moved: &HashMap<String, Vec<Moved>>, what: &str| {
            let moved = moved.get(order).map(Vec::as_slice).unwrap_or_default();
            for broken in moved.iter().filter(|moved| !moved.whole) {
                wrong.add(format_args!("the seal of the {what} {} is broken", broken.id));
            }
            moved.iter().map(|moved| moved.amount).sum()
        };
        (sum(&self.receipts, "receipt"), sum(&self.returns, "return"))
    }
}

/// What it says, if that can be read.
fn look(kept: &Kept, beside: &Beside) -> (Option<Order>, Wrong) {
    let mut wrong = Wrong::default();
    let columns = kept.columns();
    wrong.expect(seal::seal(&columns) == kept.seal, "its seal is broken");
    let Ok(order) = document::read::<Order>(&kept.document) else {
        wrong.add("its document cannot be read");
        return (None, wrong);
    };
    let same = columns == orders::columns(&order, &kept.document)
        && kept.service.as_ref() == order.on.as_ref().map(|on| &on.service)
        && kept.turn == order.turn.map(i64::from);
    wrong.expect(same, "its columns are not what its document says");
    check_price(beside, &mut wrong, &order);
    check_settled(beside, &mut wrong, &order);
    (Some(order), wrong)
}

/// It says what its quotation says, which is checked by itself.
fn check_price(beside: &Beside, wrong: &mut Wrong, order: &Order) {
    let Some(id) = &order.quote else {
        wrong.expect(order.amount.due() == Fen::ZERO, "it costs something and has no quotation");
        return;
    };
    let confirmed = beside.quotations.get(id).and_then(|text| document::read::<Confirmed>(text).ok());
    let Some(confirmed) = confirmed else {
        wrong.add(format_args!("its quotation {id} is missing or cannot be read"));
        return;
    };
    let same = order.selection == confirmed.selection
        && order.on == confirmed.on
        && order.product == confirmed.product
        && order.revision == confirmed.revision
        && order.amount.quoted == confirmed.quote.due;
    wrong.expect(same, "it is not what its quotation says");
}

/// It was settled or was not, in all that it says; and its services know of it.
fn check_settled(beside: &Beside, wrong: &mut Wrong, order: &Order) {
    let open = matches!(order.state, OrderState::Unpaid { .. } | OrderState::Cancelled { .. });
    let settled = !open && order.kind != OrderKind::Trial;
    wrong.expect(settled == order.turn.is_some(), "it has a turn and was not settled, or none and was");
    let changes = settled && order.on.is_some();
    wrong.expect(changes == order.before.is_some(), "it does not say what its service was before");
    let before = order.before.as_ref().zip(order.on.as_ref());
    let kept = before.is_none_or(|(before, on)| before.subscription == on.subscription);
    wrong.expect(kept, "its service was not what was quoted");
    let mut services: Vec<&String> = order.services.iter().collect();
    services.sort();
    let found = beside.services.get(&order.id).map(Vec::as_slice).unwrap_or_default();
    wrong.expect(services.into_iter().eq(found), "its services are not those that are written down");
}

/// What the ledger has of it is what its document and its movements say.
fn check_money(books: &mut Books, place: &str, order: &Order, received: i64, returned: i64) {
    let due = order.amount.due().fen();
    let (receivable, ordered) = match order.state {
        OrderState::Unpaid { .. } => (due, due),
        OrderState::Paid { .. } | OrderState::Fulfilled { .. } => (0, due),
        OrderState::Cancelled { .. } | OrderState::Refunded { .. } => (0, 0),
    };
    let counted = order.movements.iter().filter(|movement| movement.counted);
    let counted: i64 = counted.map(|movement| movement.amount.fen()).sum();
    books.report.expect(counted == received, place, format_args!("it counts {counted} fen, {received} arrived"));
    let id = || order.id.clone();
    for (account, expected) in [
        (Account::Receivable(id()), receivable),
        (Account::Ordered(id()), -ordered),
        (Account::Received(id()), received),
        (Account::Returnable(id()), -order.kept.fen()),
        (Account::Returned(id()), -returned),
    ] {
        books.settle(place, &account, expected);
    }
}

async fn receipts(sql: &mut dyn Sql, after: &str, last: &str) -> Result<HashMap<String, Vec<Moved>>, StoreError> {
    let query = "SELECT movement, order_id, amount_fen, at, seal FROM receipts WHERE order_id > $1 AND order_id <= $2";
    let mut receipts: HashMap<String, Vec<Moved>> = HashMap::new();
    for mut row in sql.rows(query, values![after, last]).await? {
        let (id, order, amount, at): (String, String, i64, i64) = (row.take()?, row.take()?, row.take()?, row.take()?);
        let kept: Vec<u8> = row.take()?;
        let whole = seal::seal(values![&id, &order, amount, at]) == kept;
        receipts.entry(order).or_default().push(Moved { id, amount, whole });
    }
    Ok(receipts)
}

async fn returns(sql: &mut dyn Sql, after: &str, last: &str) -> Result<HashMap<String, Vec<Moved>>, StoreError> {
    let query = "SELECT id, order_id, amount_fen, method, movement, at, seal FROM returns \
         WHERE order_id > $1 AND order_id <= $2";
    let mut returns: HashMap<String, Vec<Moved>> = HashMap::new();
    for mut row in sql.rows(query, values![after, last]).await? {
        let (id, order, amount): (String, String, i64) = (row.take()?, row.take()?, row.take()?);
        let (method, movement, at): (String, Option<String>, i64) = (row.take()?, row.take()?, row.take()?);
        let kept: Vec<u8> = row.take()?;
        let whole = seal::seal(values![&id, &order, amount, &method, &movement, at]) == kept;
        returns.entry(order).or_default().push(Moved { id, amount, whole });
    }
    Ok(returns)
}
