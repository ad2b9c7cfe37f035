//! The lists find exactly what matches (rule O9): every combination of every list's filters against a plain filter over the same
//! rows, in parts of several sizes, on both databases.

mod ask;
mod rows;
mod world;

use server::caller::Caller;
use shared::api::{OrganisationKind, Part, Role};

use ask::{Kind, ask};
use rows::Row;
use world::{ENTERPRISES, PRODUCTS, World, caller, isv_of};

use super::store::fresh_database;

/// What is searched for.
#[derive(Clone, Copy, Debug, Default)]
struct Filter<'a> {
    number: Option<&'a str>,
    product: Option<&'a str>,
    state: Option<&'a str>,
    customer: Option<&'a str>,
    /// In a service's note, or in who asks for a refund.
    words: Option<&'a str>,
}

fn has(text: &str, part: &str) -> bool {
    text.to_ascii_lowercase().contains(&part.to_ascii_lowercase())
}

fn name(enterprise: &str) -> &'static str {
    ENTERPRISES.iter().find(|(id, _)| *id == enterprise).map_or("", |(_, name)| name)
}

impl Filter<'_> {
    fn finds(&self, kind: Kind, row: &Row, caller: &Caller) -> bool {
        let own = match caller.kind() {
            OrganisationKind::Enterprise => row.enterprise == caller.organisation(),
            OrganisationKind::Isv => isv_of(&row.product) == caller.organisation(),
            OrganisationKind::Operator => true,
        };
        let customer = |asked: &str| match ENTERPRISES.iter().find(|(id, _)| *id == asked) {
            Some((id, _)) => row.enterprise == *id,
            None => has(name(&row.enterprise), asked),
        };
        let words = |asked: &str| match kind {
            // Notes are the ISV's own.
            Kind::Services => caller.kind() == OrganisationKind::Isv && has(&row.words, asked),
            _ => has(&row.words, asked) || has(name(&row.enterprise), asked),
        };
        own && self.number.is_none_or(|number| row.number.starts_with(number))
            && self.product.is_none_or(|product| row.product == product)
            && self.state.is_none_or(|state| row.state == state)
            && self.customer.is_none_or(customer)
            && self.words.is_none_or(words)
    }
}

/// Each of these, or none.
fn or_none<'a>(texts: &[&'a str]) -> Vec<Option<&'a str>> {
    [None].into_iter().chain(texts.iter().copied().map(Some)).collect()
}

/// Every combination of what a list can be searched by.
fn filters(kind: Kind, number: &str) -> Vec<Filter<'_>> {
    let few: &[&str] = &[];
    let numbers = [number, &number[..4], &number[..8], &number[..11], "2026____", "%"];
    let products = [PRODUCTS[0], PRODUCTS[3], "%"];
    let customers = ["e2", "公司", "100%", "%", "_", "A_B", "acme", r"\", "e"];
    let (numbers, products, customers, words) = match kind {
        Kind::Orders => (&numbers[..], &products[..], &customers[..], few),
        Kind::Services => (&numbers[..2], &products[..2], &customers[..4], &["_", "%", "vip", r"\"][..]),
        Kind::Transfers => (&numbers[..4], few, &customers[..6], few),
        Kind::Refunds => (&numbers[..4], few, few, &["anna", "_", "%", "公司", r"\", "nobody"][..]),
        Kind::Invoices | Kind::Reviews | Kind::Complaints | Kind::OfflineRefunds => {
            (&numbers[..4], &products[..2], &customers[..5], few)
        }
    };
    let mut all = Vec::new();
    for number in or_none(numbers) {
        for product in or_none(products) {
            for state in or_none(kind.states()) {
                for customer in or_none(customers) {
                    for words in or_none(words) {
                        all.push(Filter { number, product, state, customer, words });
                    }
                }
            }
        }
    }
    all
}

/// Everything that is found, in parts of this size.
async fn found(world: &World, kind: Kind, caller: &Caller, filter: Filter<'_>, limit: u32) -> Vec<String> {
    let (mut ids, mut part) = (Vec::new(), Part { after: None, limit: Some(limit) });
    loop {
        let (found, next) = ask(&world.market, kind, caller, filter, &part).await;
        let full = found.len() == limit as usize;
        assert!(found.len() <= limit as usize && (next.is_none() || full), "{kind:?} {filter:?} {limit}");
        ids.extend(found);
        part.after = next;
        if part.after.is_none() {
            return ids;
        }
    }
}

async fn exactly_what_matches(database: Option<&str>) {
    let mut world = World::open(database).await;
    world.fill().await;
    let callers = [
        caller("op", Role::Operator),
        caller("demo-isv", Role::IsvOwner),
        caller("other-isv", Role::IsvOwner),
        caller("e2", Role::BuyerAdmin),
    ];
    for kind in Kind::ALL {
        // The newest first, as the market's own list has them; of which every row is read, and none is there twice.
        let rows = rows::read(&world, kind, &callers[0]).await;
        let states = kind.states();
        for state in states {
            assert!(rows.iter().any(|row| row.state == *state), "{kind:?}: nothing is {state}");
        }
        let number = rows[rows.len() / 2].number.clone();
        let mut some = 0;
        for (index, filter) in filters(kind, &number).into_iter().enumerate() {
            // Every combination, each by one of them, and in parts of another size.
            let caller = if kind == Kind::Transfers { &callers[0] } else { &callers[index % callers.len()] };
            let found = found(&world, kind, caller, filter, [200, 7, 3, 1][index / callers.len() % 4]).await;
            let expected: Vec<_> =
                rows.iter().filter(|row| filter.finds(kind, row, caller)).map(|row| row.id.clone()).collect();
            assert_eq!(found, expected, "{kind:?} {filter:?} by {}", caller.organisation());
            some += usize::from(!found.is_empty());
        }
        assert!(some > 30, "{kind:?}: {some}");
        for (after, limit) in [(Some("nowhere"), None), (Some("1."), None), (None, Some(0)), (None, Some(201))] {
            let part = Part { after: after.map(str::to_owned), limit };
            let refused = ask::refused(&world.market, kind, &callers[0], &part).await;
            assert_eq!(refused, "malformed", "{kind:?} {after:?} {limit:?}");
        }
    }
}

#[tokio::test]
async fn lists_find_exactly_what_matches_on_sqlite() {
    exactly_what_matches(None).await;
}

#[tokio::test]
async fn lists_find_exactly_what_matches_on_postgresql() {
    let Some(address) = fresh_database("lists").await else { return };
    exactly_what_matches(Some(&address)).await;
}
