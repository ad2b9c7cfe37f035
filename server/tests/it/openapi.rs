//! What `openapi.json` says is what is there: the routes, and the fields of real answers.

use axum::body::Body;
use axum::http::{Method, Request};
use serde_json::{Value, json};
use server::failure::{Account, Editing, Failure, Kind, Trade};
use server::store::StoreError;
use shared::catalog::Offer;
use shared::violation::{Expected, Problem, Violation};
use strum::IntoEnumIterator;

use super::people::Browser;
use super::support::{Answer, TestMarket, example, example_with, now};

async fn description(market: &TestMarket) -> Value {
    market.get("/api/openapi.json").await.json()
}

#[tokio::test]
async fn every_route_is_described_and_nothing_else() {
    let described = description(&TestMarket::open().await).await;
    let mut found: Vec<(String, String)> = Vec::new();
    for (path, methods) in described["paths"].as_object().expect("paths") {
        for method in methods.as_object().expect("methods").keys() {
            found.push((path.clone(), method.to_uppercase()));
        }
    }
    let mut routes: Vec<(String, String)> =
        server::http::routes().into_iter().map(|route| (route.path.to_owned(), route.method.to_string())).collect();
    found.sort();
    routes.sort();
    assert_eq!(found, routes);
}

/// Holds an answer against what is said of it.
fn check(described: &Value, path: &str, method: &str, answer: &Answer) {
    let responses = &described["paths"][path][method]["responses"];
    let status = answer.status.as_str();
    let response = responses.get(status).unwrap_or(&responses["default"]);
    let kind = answer.header("content-type");
    let schema = &response["content"][kind]["schema"];
    assert!(schema.is_object(), "{method} {path} {status} {kind} is not described");
    let mut schema = schema.clone();
    schema["components"] = described["components"].clone();
    let validator = jsonschema::draft202012::new(&schema).expect("a schema");
    let body = answer.json();
    let errors: Vec<String> =
        validator.iter_errors(&body).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{method} {path} {status}: {errors:#?}\n{body}");
}

#[tokio::test]
async fn real_answers_have_exactly_the_described_fields() {
    let market = TestMarket::open().await;
    let described = description(&market).await;
    for path in ["/api/products", "/healthz", "/.well-known/jwks.json", "/api/openapi.json", "/api/quotes/{id}"] {
        check(&described, path, "get", &market.get(path).await);
    }
    for product in server::demo::products() {
        let answer = market.get(&format!("/api/products/{}", product.slug)).await;
        check(&described, "/api/products/{slug}", "get", &answer);
        let offer = shared::catalog::Offer::parse(&product.config).expect("an offer");
        let visible = |index: &usize| !offer.editions[*index].hidden;
        for index in (0..offer.editions.len()).filter(visible) {
            let term = offer.editions[index].terms.last().copied();
            let selection = shared::pricing::smallest(&offer, index, term).to_file(&offer);
            let request = json!({"product": product.slug, "selection": selection});
            check(&described, "/api/prices", "post", &market.post("/api/prices", &request).await);
            let issued = market.post("/api/quotes", &request).await;
            check(&described, "/api/quotes", "post", &issued);
            check(&described, "/api/quotes/{id}", "get", &market.get(issued.header("location")).await);
        }
    }
    let many = json!({"product": "team-approval", "selection": {"edition": "team", "term": "P2Y", "quantities": {"people": 2000}}});
    check(&described, "/api/prices", "post", &market.post("/api/prices", many).await);
    for request in [
        json!({}),
        json!(1),
        example_with("/product", json!("nothing")),
        example_with("/selection/count", json!(0)),
        example_with("/expected_total", json!("1")),
        example_with("/revision", json!(7)),
    ] {
        check(&described, "/api/quotes", "post", &market.post("/api/quotes", request).await);
    }
    let untyped = Request::post("/api/prices").body(Body::from(example().to_string())).expect("a request");
    check(&described, "/api/prices", "post", &market.ask(untyped).await);
}

#[tokio::test]
async fn answers_about_people_have_exactly_the_described_fields() {
    let market = TestMarket::open().await;
    let described = description(&market).await;
    check(&described, "/api/demo/accounts", "get", &market.get("/api/demo/accounts").await);
    let browser = Browser::of(&market, "demo-buyer-admin").await;
    let body = json!({"account": "demo-buyer-admin"});
    check(&described, "/api/demo/session", "post", &browser.post("/api/demo/session", body).await);
    let token = json!({"name": "x", "scopes": ["read"], "expires_at": "2027-01-01T00:00:00Z"});
    let invitation = json!({"role": "buyer_admin", "email": "a@b.example"});
    for (path, body) in [("/api/tokens", token), ("/api/invitations", invitation)] {
        let made = browser.post(path, body).await;
        assert_eq!(made.status, 201);
        check(&described, path, "post", &made);
        check(&described, path, "post", &browser.post(path, json!({})).await);
        if let Some(link) = made.json()["link"].as_str() {
            let path = link.replace("/invitation/", "/api/invitations/");
            check(&described, "/api/invitations/{token}", "get", &browser.get(&path).await);
            let accept = json!({"name": "a", "password": "0123456789"});
            check(&described, "/api/invitations/{token}", "post", &browser.post(&path, accept).await);
        }
    }
    for path in ["/api/session", "/api/members", "/api/invitations", "/api/tokens"] {
        check(&described, path, "get", &browser.get(path).await);
        check(&described, path, "get", &market.get(path).await);
    }
    check(&described, "/api/session", "post", &browser.sign_in("a@b.example", "0123456789").await);
    check(&described, "/api/session", "post", &browser.sign_in("a@b.example", "x").await);
}

#[tokio::test]
async fn answers_of_the_workbench_have_exactly_the_described_fields() {
    let market = TestMarket::open().await;
    let described = description(&market).await;
    let owner = Browser::of(&market, "demo-isv-owner").await;
    let put = async |path: &str, body: Value| owner.call(&Method::PUT, path, &body).await;
    let (list, one) = ("/api/workbench/products", "/api/workbench/products/{slug}");
    let product = json!({"slug": "new", "name": "新品", "intro": "新", "category": "办公"});
    check(&described, list, "post", &owner.post(list, product.clone()).await);
    check(&described, list, "post", &owner.post(list, product).await);
    check(
        &described,
        list,
        "post",
        &owner.post(list, json!({"slug": "", "name": "", "intro": "", "category": ""})).await,
    );
    let of = |path: &str| path.replace("{slug}", "new");
    let draft = format!("{one}/draft");
    for _ in 0..2 {
        check(&described, &draft, "put", &put(&of(&draft), json!({"replaces": 0, "form": {"any": []}})).await);
    }
    check(&described, one, "get", &owner.get(&of(one)).await);
    let config =
        json!({"sale_mode": "one_time", "editions": [{"code": "a", "name": "A", "price": {"new": {"once": "1"}}}]});
    let case = json!({"name": "一", "request": {"op": "validate"}, "expect": {}});
    let publish = format!("{one}/publish");
    for body in [
        json!({"config": {}}),
        json!({"config": config, "cases": [{"name": "二", "request": {"op": "validate"}, "expect": {"total": "1.00"}}]}),
        json!({"config": config, "cases": [case], "draft": 1, "note": "首发"}),
        json!({"config": config}),
        json!({"config": config, "cases": [case], "based_on": 1}),
    ] {
        check(&described, &publish, "post", &owner.post(&of(&publish), body).await);
    }
    let origins = format!("{one}/origins");
    for origin in ["https://shop.example", "x"] {
        check(&described, &origins, "put", &put(&of(&origins), json!({"origins": [origin]})).await);
    }
    assert_eq!(put(&of(&draft), json!({"replaces": 0, "based_on": 1, "form": null})).await.status, 200);
    let revisions = format!("{one}/revisions");
    for path in [list, one, &revisions] {
        check(&described, path, "get", &owner.get(&of(path)).await);
        check(&described, path, "get", &owner.get(&path.replace("{slug}", "nothing")).await);
    }
    for number in [1, 2] {
        let answer = owner.get(&format!("{}/{number}", of(&revisions))).await;
        check(&described, &format!("{revisions}/{{revision}}"), "get", &answer);
    }
}

/// Every failure there can be of a kind, as far as it has a code of its own.
fn failures(kind: Kind) -> Vec<Failure> {
    let malformed = || vec![Violation::new("", &Problem::Malformed(Expected::Json))];
    let quote = || {
        let config = server::demo::products().into_iter().next().expect("a product").config;
        let offer = Offer::parse(&config).expect("an offer");
        let smallest = shared::pricing::smallest(&offer, 0, offer.editions[0].terms.first().copied());
        Box::new(shared::lifecycle::purchase(&offer, &smallest, now(), None).expect("a quote"))
    };
    match kind {
        Kind::NotFound => vec![Failure::NotFound],
        Kind::MethodNotAllowed => vec![Failure::MethodNotAllowed],
        Kind::ProductNotFound => vec![Failure::ProductNotFound],
        Kind::QuotationNotFound => vec![Failure::QuotationNotFound],
        Kind::Malformed => vec![Failure::Malformed(malformed())],
        Kind::UnsupportedMediaType => vec![Failure::UnsupportedMediaType],
        Kind::BodyTooLarge => vec![Failure::BodyTooLarge],
        Kind::BodyTooSlow => vec![Failure::BodyTooSlow],
        Kind::InvalidSelection => vec![Failure::InvalidSelection(malformed())],
        Kind::PriceMismatch => vec![Failure::PriceMismatch(quote(), 1)],
        Kind::QuoteStale => vec![Failure::QuoteStale(quote(), 1)],
        Kind::ServiceChanged => vec![Failure::ServiceChanged(quote(), 1)],
        Kind::IdempotencyKeyInvalid => vec![Failure::IdempotencyKeyInvalid],
        Kind::IdempotencyMismatch => vec![Failure::IdempotencyMismatch],
        Kind::Refused => shared::orders::Refused::iter().map(Failure::Refused).collect(),
        Kind::Aftersale => shared::aftersale::Refused::iter().map(Failure::Aftersale).collect(),
        Kind::Account => Account::iter().map(Failure::Account).collect(),
        Kind::Trade => Trade::iter().map(Failure::Trade).collect(),
        Kind::Editing => Editing::iter().map(Failure::Editing).collect(),
        Kind::Store => vec![Failure::Store(StoreError::GivenUp)],
        Kind::TimedOut => vec![Failure::TimedOut],
        Kind::Internal => vec![Failure::Internal(String::new())],
    }
}

#[tokio::test]
async fn every_code_is_in_the_description_and_no_other() {
    let described = description(&TestMarket::open().await).await;
    let described = &described["components"]["schemas"]["Problem"]["properties"]["code"]["enum"];
    let mut codes: Vec<_> = Kind::iter().flat_map(failures).map(|failure| failure.code()).collect();
    codes.sort_unstable();
    codes.dedup();
    assert!(*described == json!(codes), "the enum of Problem.code should be:\n{}", json!(codes));
}
