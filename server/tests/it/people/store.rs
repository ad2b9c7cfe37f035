//! What the store does about people, told to both databases.

use futures_util::future::join_all;
use server::demo;
use server::secret::{Hash, Secret, new_id};
use server::store::answers::{Asked, Made, Once};
use server::store::people::{Refused, demo as demo_people, invitations, members, sessions, throttle, tokens};
use server::store::products::{Publish, Seed};
use server::store::sql::Sql;
use server::store::{Step, Store, StoreError};
use server::usecases::add_organisation;
use shared::api::OrganisationKind;
use shared::calendar::Timestamp;

use super::super::store::fresh_database;
use super::super::support::now;

fn later(seconds: i64) -> Timestamp {
    now().plus_seconds(seconds).expect("in range")
}

fn hash() -> Hash {
    Secret::new().expect("random").hash()
}

async fn story(store: &Store) {
    store.write(Seed { products: demo::products(), at: now() }).await.expect("products");
    demo_accounts(store).await;
    one_of_many_takes_an_invitation_up(store).await;
    attempts_at_once_are_counted(store).await;
    a_write_is_done_once_for_each_key(store).await;
    store.close().await;
}

async fn demo_accounts(store: &Store) {
    join_all((0..4).map(|_| store.write(demo::people(now())))).await.into_iter().for_each(|done| done.expect("seeded"));
    let accounts = store.read(demo_people::Accounts).await.expect("read");
    let ids: Vec<_> = accounts.iter().map(|who| who.id.as_str()).collect();
    assert_eq!(ids, demo::MEMBERS.map(|member| member.id));
    // A product that is published again stays whose it is.
    let product = demo::products().remove(0);
    store.write(Publish { product, at: now() }).await.expect("published");
    let isvs = store.read(Isvs).await.expect("read");
    assert!(
        isvs.len() == demo::products().len() && isvs.iter().all(|isv| isv.as_deref() == Some("demo-isv")),
        "{isvs:?}"
    );
}

struct Isvs;

impl Step for Isvs {
    type Done = Vec<Option<String>>;
    type Refused = StoreError;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Self::Done, StoreError> {
        sql.rows("SELECT isv FROM products", &[]).await?.into_iter().map(|mut row| row.take()).collect()
    }
}

async fn one_of_many_takes_an_invitation_up(store: &Store) {
    let made = add_organisation(store, OrganisationKind::Isv, "某服务商", now()).await.expect("added");
    let secret = Secret::parse(made.link.rsplit('/').next().expect("a secret")).expect("a secret");
    let accept = |n: usize| {
        let member = new_id().expect("random");
        let begin =
            sessions::Begin { member, session: hash(), device: hash(), former: None, forgiven: Vec::new(), now: now() };
        store.write(invitations::Accept {
            invitation: secret.hash(),
            name: format!("{n}"),
            email: Some(format!("{n}@isv.example")),
            password_hash: "h".to_owned(),
            now: now(),
            session: begin,
        })
    };
    let accepted = join_all((0..20).map(accept)).await;
    let joined: Vec<_> = accepted.iter().filter_map(|done| done.as_ref().ok()).collect();
    assert_eq!(joined.len(), 1, "{accepted:?}");
    assert!(accepted.iter().all(|done| matches!(done, Ok(_) | Err(Refused::NoInvitation))), "{accepted:?}");
    let organisation = joined[0].organisation.id.clone();
    let members = store.read(members::Of { organisation: organisation.clone(), now: now() }).await.expect("read");
    assert_eq!(members.len(), 1);
    let sent = store.read(invitations::Of { organisation, now: now() }).await.expect("read");
    let taken = shared::api::InvitationState::Taken { name: members[0].name.clone() };
    assert_eq!(sent.iter().map(|sent| &sent.state).collect::<Vec<_>>(), [&taken]);
}

async fn attempts_at_once_are_counted(store: &Store) {
    let attempt =
        || throttle::Attempt { email: "x@y.example".to_owned(), client: vec![1, 2, 3, 4], device: None, now: later(0) };
    let tried = join_all((0..20).map(|_| store.write(attempt()))).await;
    let allowed = tried.iter().filter(|it| it.is_ok()).count();
    assert_eq!(allowed, 5, "{tried:?}");
    assert!(tried.iter().all(|it| matches!(it, Ok(_) | Err(throttle::Refused::TooSoon(1)))), "{tried:?}");
}

/// Adds a token, which no two may share.
struct Add(tokens::Make);

impl Step for Add {
    type Done = Made;
    type Refused = Refused;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Made, Refused> {
        self.0.take(sql).await
    }
}

async fn a_write_is_done_once_for_each_key(store: &Store) {
    let member = demo::MEMBERS[0].id;
    let add = |key: &str, body: &str, now: Timestamp| {
        let id = new_id().expect("random");
        let token = shared::api::Token {
            id: id.clone(),
            name: "x".to_owned(),
            scopes: vec![shared::api::Scope::Read],
            created_at: now,
            last_used_at: None,
            expires_at: None,
        };
        let answer = Made { body: format!("{{{id}}}"), id };
        let step = Add(tokens::Make { hash: hash(), member: member.to_owned(), token, answer });
        store.write(Once { asked: Asked::new(member, "/r", key, body.as_bytes()), now, step })
    };
    let made = join_all((0..30).map(|_| add("k", "b", now()))).await;
    let first = made[0].as_ref().expect("made").clone();
    assert!(made.iter().all(|it| matches!(it, Ok(made) if *made == first)), "{made:?}");
    let count = async || store.read(tokens::Of { member: member.to_owned(), now: now() }).await.expect("read").len();
    assert_eq!(count().await, 1);
    assert!(matches!(add("k", "another", now()).await, Err(Refused::Mismatch)));
    assert!(add("l", "b", now()).await.is_ok_and(|made| made != first));
    // For 24 hours.
    let day = 24 * 60 * 60;
    assert_eq!(add("k", "b", later(day - 1)).await.expect("kept"), first);
    assert_ne!(add("k", "b", later(day)).await.expect("made"), first);
    assert_eq!(count().await, 3);
}

#[tokio::test]
async fn people_on_sqlite() {
    let folder = tempfile::tempdir().expect("a folder");
    story(&Store::open(folder.path(), None).await.expect("a store")).await;
}

#[tokio::test]
async fn people_on_postgresql() {
    let Some(address) = fresh_database("people").await else { return };
    let folder = tempfile::tempdir().expect("a folder");
    story(&Store::open(folder.path(), Some(&address)).await.expect("a store")).await;
}

/// What is kept of a key tells nobody what it was, nor what the request said.
#[test]
fn a_key_binds_caller_route_and_body() {
    let asked = Asked::new("a", "/r", "k", b"b");
    assert!(asked == Asked::new("a", "/r", "k", b"b"));
    for other in [("b", "/r", "k", "b"), ("a", "/s", "k", "b"), ("a", "/r", "l", "b"), ("a/", "r", "k", "b")] {
        let other = Asked::new(other.0, other.1, other.2, other.3.as_bytes());
        assert!(other.seal() != asked.seal());
    }
}
