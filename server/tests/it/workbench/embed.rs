//! Who may show a product's configurator.

use axum::body::Body;
use axum::http::{Request, header};
use serde_json::json;
use shared::api;

use super::super::people::Browser;
use super::super::support::TestMarket;
use super::{made, put};

const SLUG: &str = "data-analytics-2";

#[tokio::test]
async fn only_allowed_sites_may_show_a_configurator() {
    let market = TestMarket::open().await;
    let owner = Browser::of(&market, "demo-isv-owner").await;
    let page = format!("/embed/{SLUG}");
    let allowed = async |origin: &str| {
        let request = Request::get(format!("{page}/allowed")).header(header::ORIGIN, origin);
        let answer = market.ask(request.body(Body::empty()).expect("a request")).await;
        assert_eq!(answer.header("access-control-allow-origin"), "*");
        answer.json()["allowed"].as_bool().expect("a truth")
    };
    let ancestors = async || {
        let answer = market.get(&page).await;
        assert_eq!(answer.status, 200);
        let policy = answer.header("content-security-policy").to_owned();
        policy.split("; ").find_map(|part| part.strip_prefix("frame-ancestors ")).expect("ancestors").to_owned()
    };
    assert_eq!(ancestors().await, "'none'");
    assert!(!allowed("https://shop.example").await);
    let sites = json!({"origins": ["https://Shop.example/", "http://localhost:3000"]});
    let set = put(&owner, &api::own_origins(SLUG), sites).await;
    assert_eq!(set.json(), json!({"origins": ["https://shop.example", "http://localhost:3000"]}));
    assert_eq!(ancestors().await, "https://shop.example http://localhost:3000");
    for (origin, may) in [
        ("https://shop.example", true),
        ("http://localhost:3000", true),
        ("http://shop.example", false),
        ("https://shop.example:444", false),
        ("https://a.shop.example", false),
        ("null", false),
    ] {
        assert_eq!(allowed(origin).await, may, "{origin}");
    }
    // The store's own pages stay where they are.
    let policy = market.get(&format!("/p/{SLUG}")).await.header("content-security-policy").to_owned();
    assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
    let own = owner.get(&api::own_product(SLUG)).await.json();
    assert_eq!(own["origins"], json!(["https://shop.example", "http://localhost:3000"]));
    assert_eq!(put(&owner, &api::own_origins(SLUG), json!({"origins": []})).await.status, 200);
    assert_eq!(ancestors().await, "'none'");
    let wrong = put(&owner, &api::own_origins(SLUG), json!({"origins": ["*", "https://a; script-src *"]})).await;
    assert_eq!(wrong.problem(), (422, "invalid_origins".to_owned()));
    assert_eq!(wrong.violations().len(), 2);

    // What is not listed is not there, allowed or not.
    made(&owner, "hidden").await;
    put(&owner, &api::own_origins("hidden"), json!({"origins": ["https://shop.example"]})).await;
    for path in ["/embed/hidden", "/embed/nothing"] {
        assert_eq!(market.get(path).await.problem(), (404, "product_not_found".to_owned()), "{path}");
        // Readable by the element on any site, so that it can say so.
        let said = market.get(&format!("{path}/allowed")).await;
        assert_eq!(
            (said.json()["allowed"].is_null(), said.header("access-control-allow-origin")),
            (true, "*"),
            "{path}"
        );
    }
    let script = market.get("/embed.js").await;
    assert_eq!(script.header("cross-origin-resource-policy"), "cross-origin");
    assert!(script.body.len() < 3 * 1024, "{}", script.body.len());
}
