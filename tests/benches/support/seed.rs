//! A market with many orders, made through its own use cases, so that every one of them stands up to an audit. Kept in a
//! folder for the next run of the same program.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use server::caller::Caller;
use server::clock::Clock;
use server::store::Limits;
use server::store::answers::Asked;
use shared::api::{Order, Organisation, Role, Who};
use shared::calendar::Timestamp;
use tokio::task::JoinSet;

use crate::market::Open;

/// So many are made at the same time.
const WORKERS: usize = 64;
/// Parts of equal size, and the time between them: orders come over 25 days.
const PARTS: usize = 100;
const BETWEEN: Duration = Duration::from_hours(6);
const BEGIN: &str = "2026-01-01T00:00:00+08:00";
const END: &str = "2026-01-26T00:00:00+08:00";

/// How many orders of whom.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    pub(crate) enterprises: usize,
    pub(crate) orders: usize,
}

/// The market of this shape: that of an earlier run of this very program, or a new one.
pub(crate) async fn market(shape: Shape) -> (Open, PathBuf) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("scale").join(shape.name);
    let (made_by, program) = (folder.join("made-by"), program());
    let at = |instant: &str| Clock::standing_at(instant.parse().expect("an instant"));
    if std::fs::read_to_string(&made_by).is_ok_and(|made_by| made_by == program) {
        return (Open::new(&folder, None, Limits::default(), 0, at(END)).await, folder);
    }
    let _ = std::fs::remove_dir_all(&folder);
    let open = Open::new(&folder, None, Limits::default(), shape.enterprises, at(BEGIN)).await;
    fill(&open, shape).await;
    std::fs::write(made_by, program).expect("written");
    (open, folder)
}

/// Which program this is: what another one made may be out of date.
fn program() -> String {
    let mut hasher = DefaultHasher::new();
    let file = std::env::current_exe().and_then(std::fs::read).expect("this program");
    file.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

async fn fill(open: &Open, shape: Shape) {
    let clock = open.site.market().clock();
    for part in 0..PARTS {
        let orders = shape.orders * part / PARTS..shape.orders * (part + 1) / PARTS;
        let mut workers = JoinSet::new();
        for worker in 0..WORKERS {
            let (site, orders) = (Arc::clone(&open.site), orders.clone());
            workers.spawn(async move {
                for n in orders.skip(worker).step_by(WORKERS) {
                    order(site.market(), shape, n).await;
                }
            });
        }
        while let Some(done) = workers.join_next().await {
            done.expect("a worker");
        }
        clock.pass(BETWEEN);
        open.site.market().do_due_work().await.expect("due work");
    }
    let end: Timestamp = END.parse().expect("an instant");
    assert_eq!(clock.now(), end);
}

/// The `n`th order: of every 21 one is never paid, of every 16 one is of two, and of every 11 one waits to be opened.
async fn order(market: &server::usecases::Market, shape: Shape, n: usize) {
    let buyer = caller(&format!("buyer-{}", n % shape.enterprises), n % shape.enterprises, Role::BuyerAdmin);
    let (slug, mut selection) = match n % 10 {
        0..6 => (
            "data-analytics-2",
            json!({"edition": "standard", "term": "P1Y", "quantities": {"yonghushu": 10},
                "options": {"xinghao": "APP+WAP+微信", "quyu": "上海"}}),
        ),
        6..9 => (
            "customer-care",
            json!({"edition": "pro", "term": "P1Y", "quantities": {"people": 20}, "options": {"archive": "不开通"}}),
        ),
        _ => (
            "document-migration",
            json!({"edition": "basic", "quantities": {"volume": 3}, "options": {"acceptance": "抽样验收"}}),
        ),
    };
    selection["count"] = json!(if n.is_multiple_of(16) { 2 } else { 1 });
    let body = json!({"product": slug, "selection": selection}).to_string();
    let quote = market.quote(Some(&buyer), body.as_bytes(), None).await.expect("a quotation").id;
    let agreement = market.product(slug).expect("the product").text.agreement;
    let body = json!({"quote": quote, "method": "transfer", "agreement": agreement}).to_string();
    let placed = market.place_order(&buyer, asked("place", n, &body), body.as_bytes()).await.expect("placed");
    if n % 21 == 20 {
        return;
    }
    let order: Order = serde_json::from_str(&placed.body).expect("an order");
    let (operator, isv) = (caller("operator", 0, Role::Operator), caller("isv", 0, Role::IsvOwner));
    let body = json!({"amount": order.amount.due()}).to_string();
    let confirm = asked("confirm", n, &body);
    market.confirm_transfer(&operator, confirm, &order.id, body.as_bytes()).await.expect("confirmed");
    if n % 11 == 3 {
        return;
    }
    for service in 1..=order.selection.count {
        let key = asked("open", n * 2 + usize::from(service == 1), "");
        market.mark_opened(&isv, key, &format!("{}-{service}", order.id)).await.expect("opened");
    }
}

fn asked(what: &'static str, n: usize, body: &str) -> Asked {
    Asked::new("seed", what, &n.to_string(), body.as_bytes())
}

fn caller(id: &str, enterprise: usize, role: Role) -> Caller {
    let kind = role.of();
    let id_of = match role {
        Role::IsvOwner => "demo-isv".to_owned(),
        Role::Operator => "demo-operator".to_owned(),
        _ => format!("enterprise-{enterprise}"),
    };
    let organisation = Organisation { id: id_of, name: String::new(), kind };
    let (name, email) = (String::new(), String::new());
    Caller { who: Who { id: id.to_owned(), name, email, role, organisation, demo: true }, scopes: None }
}
