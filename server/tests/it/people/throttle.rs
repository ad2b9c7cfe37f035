//! Guessing passwords gets nowhere, and keeps nobody out of their own account.

use std::time::Duration;

use futures_util::future::join_all;
use shared::api::OrganisationKind;

use super::super::support::TestMarket;
use super::{Browser, PASSWORD};

const EMAIL: &str = "liu.yang@one.example";

/// Tries wrong passwords until it is told to wait; returns how many were tried, and for how long it is to wait.
async fn guess(browser: &Browser<'_>, email: &str) -> (u32, u64) {
    for tried in 0..100 {
        let answer = browser.sign_in(email, "a wrong password").await;
        match answer.problem() {
            (401, code) => assert_eq!(code, "sign_in_refused"),
            (429, code) => {
                assert_eq!(code, "too_many_attempts");
                return (tried, answer.header("retry-after").parse().expect("seconds"));
            }
            other => panic!("{other:?}"),
        }
    }
    panic!("nobody stops it");
}

#[tokio::test]
async fn guesses_have_to_wait_longer_and_longer() {
    let market = TestMarket::open().await;
    let clock = market.site.market().clock();
    Browser::of_new(&market, OrganisationKind::Enterprise, EMAIL).await;
    let attacker = Browser::at(&market, "203.0.113.5");
    assert_eq!(guess(&attacker, EMAIL).await, (5, 1));
    for wait in [1, 2, 4, 8] {
        clock.pass(Duration::from_secs(wait));
        assert_eq!(guess(&attacker, EMAIL).await, (1, wait * 2));
    }
    // The right one has to wait as well: who asks too soon learns nothing.
    assert_eq!(attacker.sign_in(EMAIL, PASSWORD).await.problem().0, 429);
    // An address that nobody has is treated alike.
    assert_eq!(guess(&Browser::at(&market, "203.0.113.6"), "nobody@one.example").await, (5, 1));
    // A day without failures, and it is forgotten.
    clock.pass(Duration::from_hours(24));
    assert_eq!(guess(&attacker, EMAIL).await, (5, 1));
}

#[tokio::test]
async fn many_guesses_at_once_are_no_way_around() {
    let market = TestMarket::open().await;
    Browser::of_new(&market, OrganisationKind::Enterprise, EMAIL).await;
    let attacker = Browser::at(&market, "203.0.113.5");
    let answers = join_all((0..50).map(|_| attacker.sign_in(EMAIL, "a wrong password"))).await;
    let tried = answers.iter().filter(|answer| answer.status == 401).count();
    assert_eq!(tried, 5);
}

#[tokio::test]
async fn a_client_that_tries_many_addresses_is_stopped_too() {
    let market = TestMarket::open().await;
    let attacker = Browser::at(&market, "203.0.113.5");
    let mut tried = 0;
    while attacker.sign_in(&format!("member-{tried}@one.example"), PASSWORD).await.problem().0 == 401 {
        tried += 1;
    }
    assert_eq!(tried, 30);
    // An IPv6 client has a whole network to itself.
    for n in 0..30 {
        let client = Browser::at(&market, &format!("2001:db8::{n:x}"));
        assert_eq!(client.sign_in(&format!("member-{n}@two.example"), PASSWORD).await.problem().0, 401);
    }
    let client = Browser::at(&market, "2001:db8::ffff");
    assert_eq!(client.sign_in("member@three.example", PASSWORD).await.problem().0, 429);
    let neighbour = Browser::at(&market, "2001:db8:0:1::1");
    assert_eq!(neighbour.sign_in("member@three.example", PASSWORD).await.problem().0, 401);
}

/// The owner's browser is known: whatever strangers do, from the same address even, it signs in at once.
#[tokio::test]
async fn an_attacker_does_not_lock_the_owner_out() {
    let market = TestMarket::open().await;
    let owner = Browser::of_new(&market, OrganisationKind::Enterprise, EMAIL).await;
    owner.delete("/api/session").await;
    let elsewhere = Browser::at(&market, "203.0.113.5");
    let beside = Browser::new(&market);
    guess(&elsewhere, EMAIL).await;
    guess(&beside, EMAIL).await;
    assert_eq!(owner.sign_in(EMAIL, PASSWORD).await.status, 200);

    // From a new browser, at an address of its own, the owner signs in too.
    assert_eq!(Browser::at(&market, "198.51.100.1").sign_in(EMAIL, PASSWORD).await.status, 200);

    // A known browser has its own count: a stolen one is no way to guess either.
    owner.delete("/api/session").await;
    assert_eq!(guess(&owner, EMAIL).await, (10, 1));
    // And it is known for its member alone.
    assert_eq!(guess(&owner, "wang.xiaoming@enterprise.example").await, (5, 1), "to others it is a stranger");
}

/// What was counted while it was not known yet whether the password was right is taken back.
#[tokio::test]
async fn success_is_not_counted() {
    let market = TestMarket::open().await;
    Browser::of_new(&market, OrganisationKind::Enterprise, EMAIL).await;
    for _ in 0..60 {
        let browser = Browser::at(&market, "203.0.113.5");
        assert_eq!(browser.sign_in(EMAIL, PASSWORD).await.status, 200);
    }
    // Whoever mistypes and then succeeds starts again.
    let browser = Browser::at(&market, "203.0.113.5");
    for _ in 0..3 {
        for _ in 0..4 {
            browser.forget("quotient_device");
            assert_eq!(browser.sign_in(EMAIL, "a wrong password").await.problem().0, 401);
        }
        browser.forget("quotient_device");
        assert_eq!(browser.sign_in(EMAIL, PASSWORD).await.status, 200);
    }
}

/// Whoever took over a session cannot guess the password with it.
#[tokio::test]
async fn saying_the_password_again_is_counted() {
    let market = TestMarket::open().await;
    let browser = Browser::of_new(&market, OrganisationKind::Enterprise, EMAIL).await;
    let change = serde_json::json!({"current": "a wrong password", "new": "another horse battery"});
    for _ in 0..10 {
        assert_eq!(browser.post("/api/password", change.clone()).await.problem().0, 422);
    }
    assert_eq!(browser.post("/api/password", change).await.problem(), (429, "too_many_attempts".to_owned()));
}
