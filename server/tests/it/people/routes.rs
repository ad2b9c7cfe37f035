//! Every route, tried by everybody: what is declared is what happens, and what is another tenant's looks as if it were not
//! there.

use std::fmt::Write;

use axum::body::Body;
use axum::http::{Method, Request, header};
use futures_util::future::join_all;
use serde_json::{Value, json};
use server::http::{Allowed, People, Route, routes};
use server::secret::{Secret, new_id};
use server::store::answers::Made;
use server::store::people::tokens::Make;
use server::usecases::Settings;
use shared::api::{OrganisationKind, Role, Scope, Token};

use super::super::support::{Answer, TestMarket, now, settings};
use super::fixtures::{FIXTURES, Fixture};
use super::{Browser, keyed, with_json};

/// Somebody who tries.
#[derive(Clone, Debug)]
enum Actor {
    Visitor,
    Person(Role),
    Machine(Role, Scope, String),
}

const fn account(role: Role) -> &'static str {
    match role {
        Role::BuyerAdmin => "demo-buyer-admin",
        Role::BuyerFinance => "demo-buyer-finance",
        Role::IsvOwner => "demo-isv-owner",
        Role::IsvSupport => "demo-isv-support",
        Role::Operator => "demo-operator-1",
        Role::Auditor => "demo-auditor",
    }
}

/// Everybody. Tokens are made behind the market's back, also for those who may not make any.
async fn everybody(market: &TestMarket) -> Vec<Actor> {
    let mut all = vec![Actor::Visitor];
    for role in Role::ALL {
        all.push(Actor::Person(role));
        for scope in Scope::ALL {
            let secret = Secret::new().expect("random");
            let token = Token {
                id: new_id().expect("random"),
                name: "x".to_owned(),
                scopes: vec![scope],
                created_at: now(),
                last_used_at: None,
                expires_at: None,
            };
            let answer = Made { id: String::new(), body: String::new() };
            let make = Make { hash: secret.hash(), member: account(role).to_owned(), token, answer };
            market.store.write(make).await.expect("a token");
            all.push(Actor::Machine(role, scope, secret.as_str().to_owned()));
        }
    }
    all
}

async fn call(market: &TestMarket, actor: &Actor, method: &Method, path: &str, body: &Value) -> Answer {
    match actor {
        Actor::Visitor => Browser::new(market).call(method, path, body).await,
        // Signed in anew each time: the route may sign out.
        Actor::Person(role) => Browser::of(market, account(*role)).await.call(method, path, body).await,
        Actor::Machine(_, _, secret) => {
            let request = keyed(with_json(Request::builder().method(method).uri(path)));
            let request = request.header(header::AUTHORIZATION, format!("Bearer qt_{secret}"));
            let body = if matches!(*method, Method::POST | Method::PUT) {
                Body::from(body.to_string())
            } else {
                Body::empty()
            };
            market.ask(request.body(body).expect("a request")).await
        }
    }
}

/// What the declaration says will happen; `None`: the handler is reached.
fn declared(allowed: &Allowed, actor: &Actor) -> Option<&'static str> {
    let refused = if allowed.hidden { "not_found" } else { "not_allowed" };
    let (role, scope) = match actor {
        _ if allowed.people == People::All => return None,
        Actor::Visitor => return (allowed.people != People::Anyone).then_some("sign_in_required"),
        Actor::Person(role) => (role, None),
        Actor::Machine(role, scope, _) => (role, Some(scope)),
    };
    let roles = if let People::Roles(roles) = allowed.people { roles } else { &Role::ALL };
    match scope {
        _ if !roles.contains(role) => Some(refused),
        Some(_) if allowed.machines.is_empty() => Some(refused),
        Some(scope) if !allowed.machines.contains(scope) => Some("scope_missing"),
        _ => None,
    }
}

/// The code of a refusal; the way to the sign-in page is one.
fn code(answer: &Answer) -> String {
    match answer.status.as_u16() {
        303 if answer.header("location").starts_with("/sign-in?next=%2F") => "sign_in_required".to_owned(),
        400.. => answer.problem().1,
        _ => String::new(),
    }
}

fn filled(path: &str, id: &str) -> String {
    let (before, rest) = path.split_once('{').unwrap_or((path, "}"));
    let id = if path.contains('{') { id } else { "" };
    let after = rest.split_once('}').map_or("", |(_, after)| after);
    // Of a thing's parts every thing has a first.
    format!("{before}{id}{}", after.replace("{revision}", "1"))
}

#[tokio::test]
async fn every_route_does_as_it_declares_to_everybody() {
    let market = TestMarket::open().await;
    let everybody = everybody(&market).await;
    for Route { method, path, allowed, .. } in routes() {
        let path_of_nothing = filled(path, "nothing");
        let body = json!({});
        let answers = join_all(everybody.iter().map(|actor| call(&market, actor, &method, &path_of_nothing, &body)));
        for (actor, answer) in everybody.iter().zip(answers.await) {
            let found = code(&answer);
            match declared(&allowed, actor) {
                Some(refused) => assert_eq!(found, refused, "{method} {path} {actor:?}"),
                None => assert!(
                    !["sign_in_required", "not_allowed", "scope_missing", "not_found", "cross_site"].contains(&&*found),
                    "{method} {path} {actor:?}: {found}"
                ),
            }
        }
    }
}

#[tokio::test]
async fn outside_the_sandbox_its_routes_are_not_there_for_anybody() {
    let market = TestMarket::open_with(Settings { sandbox: false, ..settings() }).await;
    // Nobody has a session: it takes the sandbox to be signed in that easily.
    let mut everybody = everybody(&market).await;
    everybody.retain(|actor| !matches!(actor, Actor::Person(_)));
    for Route { method, path, .. } in routes().into_iter().filter(|route| route.allowed.sandbox_only) {
        for actor in &everybody {
            let answer = call(&market, actor, &method, &filled(path, "nothing"), &json!({})).await;
            assert_eq!(code(&answer), "not_found", "{method} {path} {actor:?}");
        }
    }
}

/// Whoever manages the tenant that `role` belongs to.
const fn manager(role: Role) -> Role {
    match role.of() {
        OrganisationKind::Enterprise => Role::BuyerAdmin,
        OrganisationKind::Isv => Role::IsvOwner,
        OrganisationKind::Operator => Role::Operator,
    }
}

#[tokio::test]
async fn what_is_anothers_looks_as_if_it_were_not_there() {
    let market = TestMarket::open().await;
    let mut strangers = Vec::new();
    for (n, kind) in OrganisationKind::ALL.into_iter().enumerate() {
        strangers.push((kind, Browser::of_new(&market, kind, &format!("stranger-{n}@other.example")).await));
    }
    for Route { method, path, allowed, .. } in routes() {
        // A page is a frame with nothing of anybody's in it: what stands inside comes from the interface.
        let personal = matches!(allowed.people, People::SignedIn | People::Roles(_)) && path.starts_with("/api/");
        if !personal || !path.contains('{') {
            continue;
        }
        let fixture = FIXTURES.iter().find(|fixture| fixture.path == path);
        let Fixture { body, make, .. } = fixture.unwrap_or_else(|| panic!("{path} has no line in FIXTURES"));
        let tried = Role::ALL.map(async |role| {
            let actor = Actor::Person(role);
            let outcome = async |id: &str| {
                let answer = call(&market, &actor, &method, &filled(path, id), &body()).await;
                (answer.status, code(&answer))
            };
            let stranger = &strangers.iter().find(|(kind, _)| *kind == role.of()).expect("a stranger").1;
            let nothing = outcome("nothing").await;
            assert_eq!(outcome(&make(stranger).await).await, nothing, "{method} {path} {role:?}: another's");
            let own = outcome(&make(&Browser::of(&market, account(manager(role))).await).await).await;
            if declared(&allowed, &actor).is_none() {
                assert!(own.0.is_success(), "{method} {path} {role:?}: one's own: {own:?}");
            } else {
                assert_eq!(own, nothing, "{method} {path} {role:?}: who may not learns nothing");
            }
        });
        join_all(tried).await;
        let visitor = call(&market, &Actor::Visitor, &method, &filled(path, "nothing"), &body()).await;
        assert_eq!(code(&visitor), "sign_in_required", "{method} {path}");
    }
}

/// A change of who may do what is seen in review, here.
#[tokio::test]
async fn who_may_do_what_is_written_down() {
    let mut table = String::new();
    for Route { method, path, allowed, .. } in routes() {
        let people = match allowed.people {
            People::All => "all".to_owned(),
            People::Anyone => "anyone".to_owned(),
            People::SignedIn => "signed in".to_owned(),
            People::Roles(roles) => roles.iter().map(|role| role.as_str()).collect::<Vec<_>>().join(", "),
        };
        write!(table, "{method} {path}: {people}").expect("written");
        if !allowed.machines.is_empty() {
            let scopes = allowed.machines.iter().map(|scope| scope.as_str()).collect::<Vec<_>>().join(", ");
            write!(table, "; machines: {scopes}").expect("written");
        }
        let marks = [(allowed.sandbox_only, "; sandbox only"), (allowed.hidden, "; hidden")];
        table.extend(marks.into_iter().filter(|(holds, _)| *holds).map(|(_, mark)| mark));
        table.push('\n');
    }
    let written = include_str!("routes.txt");
    assert!(table == written, "tests/it/people/routes.txt should be:\n{table}");
}
