//! One story, told to both databases.

use std::sync::Arc;

use futures_util::future::join_all;
use server::demo;
use server::keys::QuotationKey;
use server::store::{self, Answered, Kept, NewProduct, Quotation, Remember, RequestKey, Store, StoreError};
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

fn remember(key: &str, hash: u8, body: &str) -> Remember {
    let request = RequestKey { caller: String::new(), route: "/r", key: key.to_owned() };
    let answer = Answered { body_hash: vec![hash; 32], id: body.to_owned(), body: body.to_owned() };
    Remember { request, answer }
}

async fn story(store: &dyn Store) {
    store.ready().await.expect("ready");
    products(store).await;
    quotations(store).await;
    answers(store).await;
    keys(store).await;
    store.close().await;
    assert!(store.ready().await.is_err());
}

async fn products(store: &dyn Store) {
    assert!(store.products().await.expect("read").is_empty());
    let first = [product("b", "1"), product("a", "2")];
    assert!(store.seed(&first, now()).await.expect("seeded"));
    assert!(!store.seed(&[product("c", "3")], now()).await.expect("not again"));

    assert_eq!(store.publish(&product("b", "4"), now()).await.expect("published"), 2);
    assert_eq!(store.publish(&product("c", "5"), now()).await.expect("published"), 1);
    let hidden = NewProduct { visible: false, ..product("a", "6") };
    assert_eq!(store.publish(&hidden, now()).await.expect("published"), 2);
    let found = store.products().await.expect("read");
    let found: Vec<_> = found.iter().map(|it| (it.slug.as_str(), it.revision, it.config.as_str())).collect();
    assert_eq!(found, [("b", 2, "4"), ("c", 1, "5")]);
}

async fn quotations(store: &dyn Store) {
    let one = quotation("one", "b");
    assert_eq!(store.issue(Arc::clone(&one), None).await.expect("kept"), Kept::New);
    assert_eq!(store.quotation("one").await.expect("read"), Some((*one).clone()));
    assert_eq!(store.quotation("two").await.expect("read"), None);

    // Many at once share commits; those that the database refuses fail alone.
    let ids: Vec<String> = (0..300).map(|n| format!("many-{n}")).collect();
    let issued = ids.iter().map(|id| store.issue(quotation(id, if id.ends_with('7') { "nothing" } else { "c" }), None));
    for (id, kept) in ids.iter().zip(join_all(issued).await) {
        let found = store.quotation(id).await.expect("read").is_some();
        if id.ends_with('7') {
            assert!(matches!(kept, Err(StoreError::Database(_))) && !found, "{id}");
        } else {
            assert!(matches!(kept, Ok(Kept::New)) && found, "{id}: {kept:?}");
        }
    }
    assert!(store.issue(one, None).await.is_err(), "an id is used once");
}

async fn answers(store: &dyn Store) {
    let first = remember("k", 1, "first");
    let request = first.request.clone();
    assert_eq!(store.answered(&request, now()).await.expect("read"), None);
    assert_eq!(store.issue(quotation("k1", "b"), Some(first.clone())).await.expect("kept"), Kept::New);
    let kept = Kept::Earlier(first.answer);
    // Whether the body is the same is not the store's business.
    for hash in [1, 2] {
        let again = store.issue(quotation("k2", "b"), Some(remember("k", hash, "second"))).await;
        assert_eq!(again.expect("answered"), kept);
    }
    assert_eq!(store.quotation("k2").await.expect("read"), None, "nothing is kept of what was answered before");
    let found = store.answered(&request, now()).await.expect("read");
    assert_eq!(found.map(Kept::Earlier), Some(kept));

    // One of many with the same key is kept, whichever commit it is in.
    let ids: Vec<String> = (0..30).map(|n| format!("same-{n}")).collect();
    let issued = join_all(ids.iter().map(|id| store.issue(quotation(id, "b"), Some(remember("same", 1, id))))).await;
    let new = issued.iter().filter(|kept| matches!(kept, Ok(Kept::New))).count();
    assert_eq!(new, 1, "{issued:?}");
    let mut found = 0;
    for id in &ids {
        found += usize::from(store.quotation(id).await.expect("read").is_some());
    }
    assert_eq!(found, 1);

    // A day later the key is free again.
    let day = 24 * 60 * 60;
    let later = now().plus_seconds(day).expect("in range");
    assert!(store.answered(&request, later.plus_seconds(-1).expect("in range")).await.expect("read").is_some());
    assert_eq!(store.answered(&request, later).await.expect("read"), None);
    let next = Arc::new(Quotation { issued_at: later.unix(), ..(*quotation("k3", "b")).clone() });
    assert_eq!(store.issue(next, Some(remember("k", 3, "third"))).await.expect("kept"), Kept::New);
}

async fn keys(store: &dyn Store) {
    let (old, new) = (QuotationKey::from_seed([1; 32]), QuotationKey::from_seed([2; 32]));
    let later = now().plus_seconds(1).expect("in range");
    store.keep_key(old.public(), now()).await.expect("kept");
    store.keep_key(new.public(), later).await.expect("kept");
    store.keep_key(old.public(), later).await.expect("kept already");
    assert_eq!(store.keys().await.expect("read"), [new.public().clone(), old.public().clone()]);
}

#[tokio::test]
async fn the_story_on_sqlite() {
    let folder = tempfile::tempdir().expect("a folder");
    story(&*store::open(folder.path(), None).await.expect("a store")).await;
    let again = store::open(folder.path(), None).await.expect("the same store");
    assert_eq!(again.products().await.expect("read").len(), 2);
    assert!(again.quotation("one").await.expect("read").is_some());
}

/// A database of its own on the server that `QUOTIENT_TEST_POSTGRES` names.
async fn fresh_database(name: &str) -> Option<String> {
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
    story(&*store::open(folder.path(), Some(&address)).await.expect("a store")).await;
    let again = store::open(folder.path(), Some(&address)).await.expect("the same store");
    assert!(again.quotation("one").await.expect("read").is_some());
}

#[tokio::test]
async fn servers_that_start_together_on_an_empty_postgresql_set_it_up_once() {
    let Some(address) = fresh_database("together").await else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let start = || async {
        let store = store::open(folder.path(), Some(&address)).await.expect("a store");
        let seeded = store.seed(&demo::products(), now()).await.expect("seeded by one");
        (seeded, store.products().await.expect("read").len())
    };
    let started = join_all((0..4).map(|_| start())).await;
    assert_eq!(started.iter().filter(|(seeded, _)| *seeded).count(), 1, "{started:?}");
    assert!(started.iter().all(|(_, products)| *products == demo::products().len()), "{started:?}");
}

#[tokio::test]
async fn an_address_of_another_kind_is_refused_without_repeating_a_password() {
    let folder = tempfile::tempdir().expect("a folder");
    let Err(error) = store::open(folder.path(), Some("mysql://me:secret@host/db")).await else { panic!("opened") };
    assert!(error.to_string().contains("mysql:") && !error.to_string().contains("secret"), "{error}");
}
