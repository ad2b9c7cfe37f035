//! One story, told to both databases.

use std::sync::Arc;

use futures_util::future::join_all;
use server::demo;
use server::keys::QuotationKey;
use server::store::answers::{Asked, Claim, Earlier, Made, Mismatch};
use server::store::products::{NewProduct, Publish, Seed, StoredProduct, Visible};
use server::store::quotations::{Find, Issue, Quotation};
use server::store::{Store, StoreError, keys};
use shared::calendar::Timestamp;
use shared::money::Fen;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};

use super::support::now;

fn product(slug: &str, config: &str) -> NewProduct {
    NewProduct { slug: slug.to_owned(), visible: true, text: "{}".to_owned(), config: config.to_owned() }
}

fn quotation(id: &str, slug: &str) -> Arc<Quotation> {
    Arc::new(Quotation {
        id: id.to_owned(),
        slug: slug.to_owned(),
        revision: 1,
        document: "{\"名\":\"值 \\\" '\"}".to_owned(),
        signature: "s".to_owned(),
        key_id: "k".to_owned(),
        total: Fen::new(1_000_000_000_000_000),
        issued_at: now().unix(),
        expires_at: now().unix() + 900,
    })
}

type Answer = (Asked, Arc<Made>);

/// What a request with this key and body is answered with.
fn answer(key: &str, asked: &str, body: &str) -> Answer {
    let made = Made { id: body.to_owned(), body: body.to_owned() };
    (Asked::new("", "/r", key, asked.as_bytes()), Arc::new(made))
}

async fn issue(store: &Store, quotation: Arc<Quotation>, answer: Option<Answer>) -> Result<Claim, StoreError> {
    let now = now().plus_seconds(quotation.issued_at - now().unix()).expect("in range");
    store.write(Issue { quotation, enterprise: None, answer, now }).await
}

async fn find(store: &Store, id: &str) -> Option<Quotation> {
    store.read(Find(id.to_owned())).await.expect("read")
}

async fn answered(store: &Store, asked: &Asked, now: Timestamp) -> Option<Result<Made, Mismatch>> {
    store.read(Earlier { asked: asked.clone(), now }).await.expect("read")
}

async fn visible(store: &Store) -> Vec<StoredProduct> {
    store.read(Visible).await.expect("read")
}

async fn story(store: &Store) {
    store.ready().await.expect("ready");
    products(store).await;
    quotations(store).await;
    answers(store).await;
    keys(store).await;
    store.close().await;
    assert!(store.ready().await.is_err());
}

async fn products(store: &Store) {
    assert!(visible(store).await.is_empty());
    let first = [product("b", "1"), product("a", "2")];
    assert!(store.write(Seed { products: first.into(), at: now() }).await.expect("seeded"));
    assert!(!store.write(Seed { products: [product("c", "3")].into(), at: now() }).await.expect("not again"));

    assert_eq!(store.write(Publish { product: product("b", "4"), at: now() }).await.expect("published"), 2);
    assert_eq!(store.write(Publish { product: product("c", "5"), at: now() }).await.expect("published"), 1);
    let hidden = NewProduct { visible: false, ..product("a", "6") };
    assert_eq!(store.write(Publish { product: hidden, at: now() }).await.expect("published"), 2);
    let found = visible(store).await;
    let found: Vec<_> = found.iter().map(|it| (it.slug.as_str(), it.revision, it.config.as_str())).collect();
    assert_eq!(found, [("b", 2, "4"), ("c", 1, "5")]);
}

async fn quotations(store: &Store) {
    let one = quotation("one", "b");
    assert_eq!(issue(store, Arc::clone(&one), None).await.expect("kept"), Claim::New);
    assert_eq!(find(store, "one").await, Some((*one).clone()));
    assert_eq!(find(store, "two").await, None);

    // Many at once share commits; those that the database refuses fail alone.
    let ids: Vec<String> = (0..300).map(|n| format!("many-{n}")).collect();
    let issued =
        ids.iter().map(|id| issue(store, quotation(id, if id.ends_with('7') { "nothing" } else { "c" }), None));
    for (id, kept) in ids.iter().zip(join_all(issued).await) {
        let found = find(store, id).await.is_some();
        if id.ends_with('7') {
            assert!(matches!(kept, Err(ref error) if error.is_conflict()) && !found, "{id}");
        } else {
            assert!(matches!(kept, Ok(Claim::New)) && found, "{id}: {kept:?}");
        }
    }
    assert!(issue(store, one, None).await.is_err(), "an id is used once");
}

async fn answers(store: &Store) {
    let (asked, made) = answer("k", "one body", "first");
    assert_eq!(answered(store, &asked, now()).await, None);
    let issued = issue(store, quotation("k1", "b"), Some((asked.clone(), Arc::clone(&made)))).await;
    assert_eq!(issued.expect("kept"), Claim::New);
    for (body, expected) in [("one body", Claim::Earlier((*made).clone())), ("another body", Claim::Mismatch)] {
        let again = issue(store, quotation("k2", "b"), Some(answer("k", body, "second"))).await;
        assert_eq!(again.expect("answered"), expected);
    }
    assert_eq!(find(store, "k2").await, None, "nothing is kept of what was answered before");
    assert_eq!(answered(store, &asked, now()).await, Some(Ok((*made).clone())));
    assert_eq!(answered(store, &answer("k", "another body", "").0, now()).await, Some(Err(Mismatch)));

    // One of many with the same key is kept, whichever commit it is in.
    let ids: Vec<String> = (0..30).map(|n| format!("same-{n}")).collect();
    let issued =
        join_all(ids.iter().map(|id| issue(store, quotation(id, "b"), Some(answer("same", "body", id))))).await;
    let new = issued.iter().filter(|kept| matches!(kept, Ok(Claim::New))).count();
    assert_eq!(new, 1, "{issued:?}");
    let mut found = 0;
    for id in &ids {
        found += usize::from(find(store, id).await.is_some());
    }
    assert_eq!(found, 1);

    // A day later the key is free again.
    let day = 24 * 60 * 60;
    let later = now().plus_seconds(day).expect("in range");
    assert!(answered(store, &asked, later.plus_seconds(-1).expect("in range")).await.is_some());
    assert_eq!(answered(store, &asked, later).await, None);
    let next = Arc::new(Quotation { issued_at: later.unix(), ..(*quotation("k3", "b")).clone() });
    assert_eq!(issue(store, next, Some(answer("k", "third body", "third"))).await.expect("kept"), Claim::New);
}

async fn keys(store: &Store) {
    let (old, new) = (QuotationKey::from_seed([1; 32]), QuotationKey::from_seed([2; 32]));
    let later = now().plus_seconds(1).expect("in range");
    store.write(keys::Keep { key: old.public().clone(), at: now() }).await.expect("kept");
    store.write(keys::Keep { key: new.public().clone(), at: later }).await.expect("kept");
    store.write(keys::Keep { key: old.public().clone(), at: later }).await.expect("kept already");
    assert_eq!(store.read(keys::All).await.expect("read"), [new.public().clone(), old.public().clone()]);
}

#[tokio::test]
async fn the_story_on_sqlite() {
    let folder = tempfile::tempdir().expect("a folder");
    story(&Store::open(folder.path(), None).await.expect("a store")).await;
    let again = Store::open(folder.path(), None).await.expect("the same store");
    assert_eq!(visible(&again).await.len(), 2);
    assert!(find(&again, "one").await.is_some());
}

/// A database of its own on the server that `QUOTIENT_TEST_POSTGRES` names.
pub(crate) async fn fresh_database(name: &str) -> Option<String> {
    let Ok(address) = std::env::var("QUOTIENT_TEST_POSTGRES") else {
        println!("QUOTIENT_TEST_POSTGRES is not set: not told to PostgreSQL. `cargo xtask test native` starts one.");
        return None;
    };
    let name = format!("quotient_{name}_{}", std::process::id());
    let mut connection = PgConnection::connect(&address).await.expect("PostgreSQL");
    for statement in [format!("DROP DATABASE IF EXISTS {name}"), format!("CREATE DATABASE {name}")] {
        connection.execute(AssertSqlSafe(statement)).await.expect("a database");
    }
    let (server, _) = address.rsplit_once('/').expect("an address with a database");
    Some(format!("{server}/{name}"))
}

#[tokio::test]
async fn the_story_on_postgresql() {
    let Some(address) = fresh_database("story").await else { return };
    let folder = tempfile::tempdir().expect("a folder");
    story(&Store::open(folder.path(), Some(&address)).await.expect("a store")).await;
    let again = Store::open(folder.path(), Some(&address)).await.expect("the same store");
    assert!(find(&again, "one").await.is_some());
}

#[tokio::test]
async fn servers_that_start_together_on_an_empty_postgresql_set_it_up_once() {
    let Some(address) = fresh_database("together").await else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let start = || async {
        let store = Store::open(folder.path(), Some(&address)).await.expect("a store");
        let seeded = store.write(Seed { products: demo::products(), at: now() }).await.expect("seeded by one");
        (seeded, visible(&store).await.len())
    };
    let started = join_all((0..4).map(|_| start())).await;
    assert_eq!(started.iter().filter(|(seeded, _)| *seeded).count(), 1, "{started:?}");
    assert!(started.iter().all(|(_, products)| *products == demo::products().len()), "{started:?}");
}

#[tokio::test]
async fn an_address_of_another_kind_is_refused_without_repeating_a_password() {
    let folder = tempfile::tempdir().expect("a folder");
    let Err(error) = Store::open(folder.path(), Some("mysql://me:secret@host/db")).await else { panic!("opened") };
    assert!(error.to_string().contains("mysql:") && !error.to_string().contains("secret"), "{error}");
}
