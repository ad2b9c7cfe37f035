//! Signing in and out, passwords, invitations, members, tokens.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, header};
use serde_json::json;
use server::usecases::Settings;
use shared::api::{OrganisationKind, Role};

use super::super::support::{TestMarket, settings};
use super::{Browser, PASSWORD, with_json};

const DAY: Duration = Duration::from_hours(24);

fn code(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

#[tokio::test]
async fn one_click_signs_in_to_each_demo_account() {
    let market = TestMarket::open().await;
    let accounts = market.get("/api/demo/accounts").await.json();
    let accounts = accounts["accounts"].as_array().expect("accounts");
    let roles: Vec<_> = accounts.iter().map(|account| account["role"].as_str().expect("a role")).collect();
    assert_eq!(roles, Role::ALL.map(Role::as_str));
    for account in accounts {
        let browser = Browser::of(&market, account["account"].as_str().expect("a name")).await;
        let who = browser.get("/api/session").await.json();
        assert_eq!((&who["name"], &who["role"], &who["demo"]), (&account["name"], &account["role"], &json!(true)));
    }
    let nobody = Browser::new(&market).post("/api/demo/session", json!({"account": "root"})).await;
    assert_eq!(nobody.problem(), code(404, "account_not_found"));
}

#[tokio::test]
async fn outside_the_sandbox_there_are_no_demo_accounts() {
    let market = TestMarket::open_with(Settings { sandbox: false, ..settings() }).await;
    let browser = Browser::new(&market);
    assert_eq!(browser.get("/api/demo/accounts").await.problem(), code(404, "not_found"));
    let account = json!({"account": "demo-operator-1"});
    assert_eq!(browser.post("/api/demo/session", account).await.problem(), code(404, "not_found"));
}

#[tokio::test]
async fn a_market_that_is_a_demo_no_more_knows_its_accounts_no_more() {
    let market = TestMarket::open().await;
    let browser = Browser::of(&market, "demo-operator-1").await;
    let token = browser.post("/api/tokens", json!({"name": "x", "scopes": ["read"]})).await.json();
    let real = market.reopened(Settings { sandbox: false, ..settings() }).await;
    let session = format!("quotient_session={}", browser.cookie("quotient_session").expect("a session"));
    let token = format!("Bearer {}", token["secret"].as_str().expect("a secret"));
    for (name, value, refused) in
        [(header::COOKIE, session, "sign_in_required"), (header::AUTHORIZATION, token, "token_invalid")]
    {
        let request = || Request::get("/api/session").header(&name, &value).body(Body::empty()).expect("a request");
        assert_eq!(super::super::support::ask(&market.router, request()).await.status, 200);
        assert_eq!(super::super::support::ask(&real, request()).await.problem(), code(401, refused));
    }
}

#[tokio::test]
async fn who_signs_in_is_known_until_they_sign_out() {
    let market = TestMarket::open().await;
    let browser = Browser::of_new(&market, OrganisationKind::Enterprise, "liu.yang@one.example").await;
    assert_eq!(browser.get("/api/session").await.json()["email"], "liu.yang@one.example");
    assert_eq!(browser.delete("/api/session").await.status, 204);
    assert_eq!(browser.cookie("quotient_session"), None);
    assert_eq!(browser.get("/api/session").await.problem(), code(401, "sign_in_required"));
    assert_eq!(browser.delete("/api/session").await.status, 204, "signed out is signed out");

    for (email, password) in [
        ("liu.yang@one.example", "correct horse batterx"),
        ("liu.yang@one.example", ""),
        ("nobody@one.example", PASSWORD),
        ("no address", PASSWORD),
        ("wang.xiaoming@enterprise.example", ""),
    ] {
        let stranger = Browser::at(&market, "198.51.100.7");
        assert_eq!(stranger.sign_in(email, password).await.problem(), code(401, "sign_in_refused"), "{email}");
    }
    let answer = browser.sign_in(" Liu.Yang@ONE.example ", PASSWORD).await;
    assert_eq!((answer.status.as_u16(), &answer.json()["role"]), (200, &json!("buyer_admin")));
    let cookies: Vec<_> =
        answer.headers.get_all(header::SET_COOKIE).iter().map(|line| line.to_str().expect("ASCII")).collect();
    assert!(cookies.len() == 2 && cookies.iter().all(|line| line.contains("; HttpOnly; SameSite=Lax")), "{cookies:?}");
    assert!(!answer.text().contains("hash"), "{}", answer.text());
}

/// The cookie that is shown is not what the store knows it by, and an old one is not revived.
#[tokio::test]
async fn a_session_ends_with_the_next_sign_in_and_thirty_days_after_its_last_use() {
    let market = TestMarket::open().await;
    let clock = market.site.market().clock();
    let browser = Browser::of(&market, "demo-buyer-admin").await;
    let first = browser.cookie("quotient_session").expect("a session");
    browser.post("/api/demo/session", json!({"account": "demo-isv-owner"})).await;
    let request = || Request::get("/api/session").header(header::COOKIE, format!("quotient_session={first}"));
    let answer = market.ask(request().body(Body::empty()).expect("a request")).await;
    assert_eq!(answer.problem(), code(401, "sign_in_required"));

    // Each use within thirty days carries it on.
    for _ in 0..3 {
        clock.pass(DAY * 29);
        let answer = browser.get("/api/session").await;
        assert_eq!(answer.status, 200);
        assert!(answer.header("set-cookie").contains("Max-Age=2592000"), "the browser keeps it on too");
        assert_eq!(browser.get("/api/session").await.header("set-cookie"), "", "not with every request");
    }
    clock.pass(DAY * 30);
    assert_eq!(browser.get("/api/session").await.problem(), code(401, "sign_in_required"));
}

#[tokio::test]
async fn a_sandbox_set_to_next_year_signs_nobody_out() {
    let market = TestMarket::open().await;
    let browser = Browser::of(&market, "demo-buyer-admin").await;
    market.site.market().clock().advance(DAY * 400);
    assert_eq!(browser.get("/api/session").await.status, 200);
}

#[tokio::test]
async fn signing_out_everywhere_and_a_new_password_end_the_other_sessions() {
    let market = TestMarket::open().await;
    let email = "liu.yang@one.example";
    let one = Browser::of_new(&market, OrganisationKind::Isv, email).await;
    let two = Browser::new(&market);
    assert_eq!(two.sign_in(email, PASSWORD).await.status, 200);
    let other = Browser::of(&market, "demo-isv-owner").await;
    assert_eq!(two.delete("/api/sessions").await.status, 204);
    for (browser, status) in [(&one, 401), (&two, 401), (&other, 200)] {
        assert_eq!(browser.get("/api/session").await.status, status);
    }

    assert_eq!(one.sign_in(email, PASSWORD).await.status, 200);
    assert_eq!(two.sign_in(email, PASSWORD).await.status, 200);
    let change = |current: &str, new: &str| json!({"current": current, "new": new});
    for (current, new, refused) in [
        ("wrong", "another horse battery", code(422, "current_password_wrong")),
        (PASSWORD, "short", code(422, "password_unfit")),
        (PASSWORD, email, code(422, "password_unfit")),
    ] {
        assert_eq!(one.post("/api/password", change(current, new)).await.problem(), refused, "{new}");
    }
    let request = || with_json(Request::post("/api/password")).header("idempotency-key", "change");
    let body = || Body::from(change(PASSWORD, "another horse battery").to_string());
    assert_eq!(one.send(request(), body()).await.status, 204);
    assert_eq!(one.send(request(), body()).await.status, 204, "said again, it is the same change");
    assert_eq!(one.get("/api/session").await.status, 200);
    assert_eq!(two.get("/api/session").await.status, 401);
    assert_eq!(two.sign_in(email, PASSWORD).await.problem(), code(401, "sign_in_refused"));
    assert_eq!(two.sign_in(email, "another horse battery").await.status, 200);
}

#[tokio::test]
async fn an_invitation_makes_one_member_within_seven_days() {
    let market = TestMarket::open().await;
    let clock = market.site.market().clock();
    clock.advance(DAY);
    let admin = Browser::of(&market, "demo-buyer-admin").await;
    let invite = json!({"role": "buyer_finance", "email": "Zhang.Wei@enterprise.example"});
    let made = admin.post("/api/invitations", invite.clone()).await;
    assert_eq!(made.status, 201);
    let path = made.json()["link"].as_str().expect("a link").replace("/invitation/", "/api/invitations/");

    let guest = Browser::new(&market);
    let invitation = guest.get(&path).await.json();
    assert_eq!(invitation["role"], "buyer_finance");
    assert_eq!(invitation["organisation"]["id"], "demo-enterprise");
    assert_eq!(invitation["email"], "zhang.wei@enterprise.example");
    let accept = |password: &str| json!({"name": " 张伟 ", "password": password});
    assert_eq!(guest.post(&path, accept("short")).await.problem(), code(422, "password_unfit"));
    let mut elsewhere = accept(PASSWORD);
    elsewhere["email"] = json!("me@elsewhere.example");
    assert_eq!(guest.post(&path, elsewhere).await.violations(), [("malformed".to_owned(), "/email".to_owned())]);
    let who = guest.post(&path, accept(PASSWORD)).await;
    assert_eq!((who.status.as_u16(), &who.json()["name"]), (201, &json!("张伟")));
    assert_eq!(guest.get("/api/session").await.json()["role"], "buyer_finance");

    // It was good for one.
    assert_eq!(guest.get(&path).await.problem(), code(404, "invitation_not_found"));
    assert_eq!(guest.post(&path, accept(PASSWORD)).await.problem(), code(404, "invitation_not_found"));
    let members = admin.get("/api/members").await.json();
    let names: Vec<_> = members["members"].as_array().expect("members").iter().map(|it| it["name"].clone()).collect();
    assert_eq!(names, ["王晓明", "李静", "张伟"]);

    // Another one for the same address, which is taken; and one that is too late.
    for (email, after, refused) in
        [("zhang.wei@enterprise.example", 6, code(409, "email_taken")), ("x@y.z", 7, code(404, "invitation_not_found"))]
    {
        let made = admin.post("/api/invitations", json!({"role": "buyer_admin", "email": email})).await;
        let path = made.json()["link"].as_str().expect("a link").replace("/invitation/", "/api/invitations/");
        clock.advance(DAY * after);
        assert_eq!(guest.post(&path, accept(PASSWORD)).await.problem(), refused, "{email}");
    }
    // Those who see members see what became of each, and no secret; another organisation sees its own alone.
    let sent = admin.get("/api/invitations").await;
    assert!(!sent.text().contains("link") && !sent.text().contains("hash"), "{}", sent.text());
    let sent = sent.json();
    let sent = sent["invitations"].as_array().expect("invitations");
    let mut what: Vec<_> = sent.iter().map(|it| (it["email"].clone(), it["state"].clone())).collect();
    // Two were made in the same second.
    what[1..].sort_by_key(|(_, state)| state["is"].to_string());
    let email = "zhang.wei@enterprise.example";
    let (open, taken) = (json!({"is": "open"}), json!({"is": "taken", "name": "张伟"}));
    assert_eq!(what, [(json!("x@y.z"), open.clone()), (json!(email), open), (json!(email), taken)]);
    let isv = Browser::of(&market, "demo-isv-owner").await;
    assert_eq!(isv.get("/api/invitations").await.json(), json!({"invitations": []}));

    for role in ["isv_owner", "operator"] {
        let refused = admin.post("/api/invitations", json!({"role": role})).await;
        assert_eq!(refused.problem(), code(422, "role_not_offered"), "{role}");
    }
}

#[tokio::test]
async fn an_invitation_is_revoked_until_somebody_has_taken_it_up() {
    let market = TestMarket::open().await;
    let (admin, guest) = (Browser::of(&market, "demo-buyer-admin").await, Browser::new(&market));
    let invite = async |email: &str| {
        let made = admin.post("/api/invitations", json!({"role": "buyer_finance", "email": email})).await;
        made.json()["link"].as_str().expect("a link").replace("/invitation/", "/api/invitations/")
    };
    let sent = async |email: &str| {
        let sent = admin.get("/api/invitations").await.json();
        let found =
            sent["invitations"].as_array().expect("invitations").iter().find(|it| it["email"] == email).cloned();
        found.map(|it| format!("/api/invitations/sent/{}", it["id"].as_str().expect("an id")))
    };
    let accept = json!({"name": "张伟", "password": PASSWORD});

    let link = invite("wrong@enterprise.example").await;
    let one = sent("wrong@enterprise.example").await.expect("it was sent");
    assert_eq!(guest.get(&one.replace("/sent", "")).await.problem(), code(404, "invitation_not_found"), "no secret");
    assert_eq!(admin.delete(&one).await.status, 204);
    assert_eq!(guest.get(&link).await.problem(), code(404, "invitation_not_found"));
    assert_eq!(guest.post(&link, accept.clone()).await.problem(), code(404, "invitation_not_found"));
    assert_eq!(sent("wrong@enterprise.example").await, None);
    assert_eq!(admin.delete(&one).await.problem(), code(404, "invitation_not_found"), "it is gone");

    let link = invite("right@enterprise.example").await;
    assert_eq!(guest.post(&link, accept).await.status, 201);
    let one = sent("right@enterprise.example").await.expect("it was sent");
    assert_eq!(admin.delete(&one).await.problem(), code(404, "invitation_not_found"), "a member is not sent away so");
    assert_eq!(guest.get("/api/session").await.json()["name"], "张伟");
}

#[tokio::test]
async fn an_invitation_asked_for_twice_is_one_and_its_secret_is_not_in_the_store() {
    let market = TestMarket::open().await;
    let admin = Browser::of(&market, "demo-operator-1").await;
    let ask = |role: &str| {
        let request = with_json(Request::post("/api/invitations")).header("idempotency-key", "one");
        admin.send(request, json!({"role": role}).to_string().into())
    };
    let (first, again) = (ask("auditor").await, ask("auditor").await);
    assert_eq!((first.status.as_u16(), first.body.clone()), (201, again.body));
    assert_eq!(ask("operator").await.problem(), code(409, "idempotency_mismatch"));
    let link = first.json()["link"].as_str().expect("a link").to_owned();
    assert_eq!(admin.get(&link.replace("/invitation/", "/api/invitations/")).await.status, 200);
    let secret = link.rsplit('/').next().expect("a secret");
    assert!(!market.contains(secret), "the file holds the secret");
}

#[tokio::test]
async fn a_machine_can_do_what_its_token_says_until_it_is_revoked() {
    let market = TestMarket::open().await;
    let clock = market.site.market().clock();
    let admin = Browser::of(&market, "demo-buyer-admin").await;
    let made = admin.post("/api/tokens", json!({"name": "财务系统", "scopes": ["read", "read", "orders"]})).await;
    assert_eq!(made.status, 201);
    let made = made.json();
    assert_eq!(made["scopes"], json!(["read", "orders"]));
    let secret = made["secret"].as_str().expect("a secret").to_owned();
    assert!(!market.contains(&secret["qt_".len()..]), "the file holds the secret");

    let machine = |secret: &str| {
        let request = Request::get("/api/session").header(header::AUTHORIZATION, format!("Bearer {secret}"));
        market.ask(request.body(Body::empty()).expect("a request"))
    };
    assert_eq!(machine(&secret).await.json()["id"], "demo-buyer-admin");
    clock.pass(Duration::from_secs(59));
    machine(&secret).await;
    let listed = admin.get("/api/tokens").await.json();
    let listed = &listed["tokens"][0];
    assert_eq!(listed["last_used_at"], super::super::support::NOW, "written down once a minute");
    assert!(listed.get("secret").is_none());
    clock.pass(Duration::from_secs(1));
    machine(&secret).await;
    let used = admin.get("/api/tokens").await.json()["tokens"][0]["last_used_at"].clone();
    assert_eq!(used, "2026-01-01T10:01:00+08:00");

    for bad in ["", "qt_", "qt_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", &secret[3..]] {
        let refused = machine(bad).await;
        assert_eq!(refused.problem(), code(401, "token_invalid"), "{bad}");
        assert_eq!(refused.header("www-authenticate"), "Bearer");
    }
    let path = format!("/api/tokens/{}", made["id"].as_str().expect("an id"));
    let stranger = Browser::of(&market, "demo-isv-owner").await;
    assert_eq!(stranger.delete(&path).await.problem(), code(404, "token_not_found"));
    assert_eq!(admin.delete(&path).await.status, 204);
    assert_eq!(machine(&secret).await.problem(), code(401, "token_invalid"));
    assert_eq!(admin.delete(&path).await.problem(), code(404, "token_not_found"));

    let until = "2026-01-02T00:00:00Z";
    let made = admin.post("/api/tokens", json!({"name": "x", "scopes": ["read"], "expires_at": until})).await.json();
    let secret = made["secret"].as_str().expect("a secret").to_owned();
    assert_eq!(made["expires_at"], "2026-01-02T08:00:00+08:00");
    assert_eq!(machine(&secret).await.status, 200);
    clock.advance(DAY);
    assert_eq!(machine(&secret).await.problem(), code(401, "token_invalid"));
    for (body, at) in [
        (json!({"name": "x", "scopes": []}), "/scopes"),
        (json!({"name": " ", "scopes": ["read"]}), "/name"),
        (json!({"name": "字".repeat(51), "scopes": ["read"]}), "/name"),
        (json!({"name": "x", "scopes": ["read"], "expires_at": until}), "/expires_at"),
        (json!({"name": "x", "scopes": ["read"], "member": "demo-isv-owner"}), "/member"),
    ] {
        let refused = admin.post("/api/tokens", body).await;
        assert_eq!(refused.violations(), [("malformed".to_owned(), at.to_owned())]);
    }
}
