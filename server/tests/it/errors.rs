//! Every way to fail, with its status, code and places.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{Method, Request, header};
use axum::routing::get;
use futures_util::stream;
use serde_json::{Value, json};
use server::http;

use server::store::products::Publish;

use super::support::{TestMarket, ask, example, example_with, post};

#[tokio::test]
async fn what_is_not_there_is_said_so() {
    let market = TestMarket::open().await;
    for (method, path, status, code) in [
        (Method::GET, "/api", 404, "not_found"),
        (Method::GET, "/api/nothing", 404, "not_found"),
        (Method::POST, "/nothing", 404, "not_found"),
        (Method::GET, "/index.html", 404, "not_found"),
        (Method::GET, "/../Cargo.toml", 404, "not_found"),
        (Method::GET, "/api/products/nothing", 404, "product_not_found"),
        (Method::GET, "/api/products/%ff", 404, "product_not_found"),
        (Method::GET, "/p/nothing", 404, "product_not_found"),
        (Method::GET, "/p/%ff", 404, "product_not_found"),
        (Method::GET, "/api/quotes/nothing", 404, "quotation_not_found"),
        (Method::GET, "/api/quotes/%00", 404, "quotation_not_found"),
        (Method::GET, "/api/quotes/%E6%8A%A5", 404, "quotation_not_found"),
        (Method::GET, "/quote/nothing", 404, "quotation_not_found"),
        (Method::DELETE, "/api/quotes", 405, "method_not_allowed"),
        (Method::GET, "/api/prices", 405, "method_not_allowed"),
        (Method::PUT, "/", 405, "method_not_allowed"),
        (Method::OPTIONS, "/healthz", 405, "method_not_allowed"),
    ] {
        let request = Request::builder().method(&method).uri(path).body(Body::empty()).expect("a request");
        assert_eq!(market.ask(request).await.problem(), (status, code.to_owned()), "{method} {path}");
    }
}

#[tokio::test]
async fn a_wrong_method_is_told_the_right_ones() {
    let market = TestMarket::open().await;
    let request = Request::delete("/api/quotes").body(Body::empty()).expect("a request");
    assert_eq!(market.ask(request).await.header("allow"), "POST");
    assert_eq!(market.post("/healthz", "").await.header("allow"), "GET,HEAD");
}

#[tokio::test]
async fn a_body_that_is_no_request_is_malformed() {
    let market = TestMarket::open().await;
    let deep = "[".repeat(10_000);
    let twice = example().to_string().replace(r#""edition":"#, r#""edition":"premium","edition":"#);
    let root = || vec![""];
    for (name, body, places) in [
        ("nothing", Vec::new(), root()),
        ("a word", b"hello".to_vec(), root()),
        ("NaN", br#"{"product":NaN}"#.to_vec(), root()),
        ("broken UTF-8", b"{\"product\":\"\xff\xfe\"}".to_vec(), root()),
        ("a lone surrogate", br#"{"product":"\ud800"}"#.to_vec(), root()),
        ("cut off", b"{\"product\":\"data".to_vec(), root()),
        ("something behind", b"{} {}".to_vec(), root()),
        ("too deep", deep.into_bytes(), root()),
        ("no object", b"[]".to_vec(), root()),
        ("empty", b"{}".to_vec(), vec!["/product", "/selection"]),
        ("null", br#"{"product":null,"selection":null}"#.to_vec(), vec!["/product", "/selection"]),
        ("wrong types", br#"{"product":1,"selection":"x"}"#.to_vec(), vec!["/product", "/selection"]),
        ("twice", twice.into_bytes(), vec!["/selection/edition"]),
        ("unknown field", example_with("/discount", json!("0.1")).to_string().into_bytes(), vec!["/discount"]),
        (
            "unknown in selection",
            example_with("/selection/paid", json!("1")).to_string().into(),
            vec!["/selection/paid"],
        ),
        (
            "a fraction",
            example_with("/selection/quantities/yonghushu", json!(10.5)).to_string().into(),
            vec!["/selection/quantities/yonghushu"],
        ),
        (
            "a string for a number",
            example_with("/selection/count", json!("1")).to_string().into(),
            vec!["/selection/count"],
        ),
    ] {
        for path in ["/api/prices", "/api/quotes"] {
            let answer = market.ask(post(path, body.clone())).await;
            assert_eq!(answer.problem(), (400, "malformed".to_owned()), "{name} {path}");
            let violations = answer.violations();
            let expected: Vec<_> = places.iter().map(|at| ("malformed".to_owned(), (*at).to_owned())).collect();
            assert_eq!(violations, expected, "{name} {path}");
        }
    }
}

#[tokio::test]
async fn what_the_buyer_was_shown_has_to_be_an_amount_and_a_number() {
    let market = TestMarket::open().await;
    let mut request = example_with("/expected_total", json!(208));
    request["revision"] = json!("1");
    let answer = market.post("/api/quotes", &request).await;
    assert_eq!(answer.problem(), (400, "malformed".to_owned()));
    let places: Vec<_> = answer.violations().into_iter().map(|(_, at)| at).collect();
    assert_eq!(places, ["/expected_total", "/revision"]);
    // A price is asked for without either.
    let answer = market.post("/api/prices", example_with("/expected_total", json!("208.00"))).await;
    assert_eq!(answer.violations(), [("malformed".to_owned(), "/expected_total".to_owned())]);
}

#[tokio::test]
async fn a_selection_that_cannot_be_bought_is_refused_with_everything_that_is_wrong() {
    let market = TestMarket::open().await;
    let quantity = "/selection/quantities/yonghushu";
    for (pointer, value, code, at) in [
        ("/selection/edition", json!("nothing"), "edition_not_for_sale", "/selection/edition"),
        ("/selection/term", json!("P3Y"), "term_not_sold", "/selection/term"),
        ("/selection/term", Value::Null, "term_not_sold", "/selection/term"),
        (quantity, json!(4), "quantity_below_minimum", quantity),
        (quantity, json!(-1), "quantity_below_minimum", quantity),
        (quantity, json!(1_000_000_000_000_i64), "quantity_above_maximum", quantity),
        (quantity, json!(u64::MAX), "quantity_above_maximum", quantity),
        ("/selection/quantities/seats", json!(1), "charge_unknown", "/selection/quantities/seats"),
        ("/selection/options/xinghao", json!("PC"), "option_unknown", "/selection/options/xinghao"),
        ("/selection/options/a~1b", json!("x"), "charge_unknown", "/selection/options/a~01b"),
        ("/selection/count", json!(0), "count_out_of_range", "/selection/count"),
        ("/selection/count", json!(101), "count_out_of_range", "/selection/count"),
    ] {
        for path in ["/api/prices", "/api/quotes"] {
            let answer = market.post(path, example_with(pointer, value.clone())).await;
            assert_eq!(answer.problem(), (422, "invalid_selection".to_owned()), "{pointer} {value}");
            assert_eq!(answer.violations(), [(code.to_owned(), at.to_owned())], "{pointer} {value}");
        }
    }
    let all = json!({"product": "data-analytics-2", "selection": {"edition": "standard", "count": 0}});
    let codes: Vec<_> = market.post("/api/quotes", all).await.violations().into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes, ["term_not_sold", "charge_missing", "charge_missing", "charge_missing", "count_out_of_range"]);
}

#[tokio::test]
async fn an_edition_that_was_hidden_is_not_for_sale() {
    let market = TestMarket::open().await;
    let mut product = server::demo::products().into_iter().find(|it| it.slug == "data-analytics-2").expect("the demo");
    product.config = product.config.replacen(r#""name": "标准版","#, r#""name": "标准版", "hidden": true,"#, 1);
    market.store.write(Publish { product, at: super::support::now() }).await.expect("published");
    market.site.market().refresh().await.expect("refreshed");
    let answer = market.post("/api/quotes", example()).await;
    assert_eq!(answer.violations(), [("edition_not_for_sale".to_owned(), "/selection/edition".to_owned())]);
}

#[tokio::test]
async fn an_unknown_product_comes_after_a_wrong_form() {
    let market = TestMarket::open().await;
    let unknown = example_with("/product", json!("nothing"));
    assert_eq!(market.post("/api/prices", &unknown).await.problem(), (404, "product_not_found".to_owned()));
    let mut wrong = unknown;
    wrong["selection"]["edition"] = json!(1);
    assert_eq!(market.post("/api/prices", &wrong).await.problem(), (400, "malformed".to_owned()));
}

#[tokio::test]
async fn the_body_has_to_be_json_by_its_type_and_of_a_sane_size() {
    let market = TestMarket::open().await;
    for kind in [None, Some("text/plain"), Some("application/x-www-form-urlencoded")] {
        let mut request = Request::post("/api/prices");
        if let Some(kind) = kind {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        let answer = market.ask(request.body(Body::from(example().to_string())).expect("a request")).await;
        assert_eq!(answer.problem(), (415, "unsupported_media_type".to_owned()), "{kind:?}");
    }
    let mut compressed = post("/api/prices", example().to_string());
    compressed.headers_mut().insert(header::CONTENT_ENCODING, "gzip".parse().expect("a header"));
    assert_eq!(market.ask(compressed).await.problem(), (415, "unsupported_media_type".to_owned()));
    let padded = |length: usize| format!("{}{}", example(), " ".repeat(length - example().to_string().len()));
    assert_eq!(market.post("/api/prices", padded(64 * 1024)).await.status, 200);
    for length in [64 * 1024 + 1, 2 * 1024 * 1024, 20 * 1024 * 1024] {
        let answer = market.post("/api/quotes", padded(length)).await;
        assert_eq!(answer.problem(), (413, "body_too_large".to_owned()), "{length}");
    }
}

#[tokio::test]
async fn a_body_in_pieces_is_read_whole() {
    let market = TestMarket::open().await;
    let text = example().to_string().into_bytes();
    let pieces: Vec<_> = text.chunks(7).map(|piece| Ok::<_, std::io::Error>(Bytes::copy_from_slice(piece))).collect();
    let answer = market.ask(post("/api/prices", Body::from_stream(stream::iter(pieces)))).await;
    assert_eq!(answer.json()["total"], "208.00");
}

#[tokio::test]
async fn who_sends_too_slowly_or_asks_for_too_much_time_is_let_go() {
    let market = TestMarket::open().await;
    let router = axum::Router::new().route("/for-ever", get(std::future::pending::<()>));
    let router = http::enveloped(router.merge(http::route_table(&market.site)), &market.site);
    tokio::time::pause();
    let never = Body::from_stream(stream::pending::<Result<Bytes, std::io::Error>>());
    let answer = ask(&router, post("/api/prices", never)).await;
    assert_eq!(answer.problem(), (408, "body_too_slow".to_owned()));
    let drip = stream::unfold((), |()| async {
        tokio::time::sleep(Duration::from_secs(1)).await;
        Some((Ok::<_, std::io::Error>(Bytes::from_static(b" ")), ()))
    });
    let answer = ask(&router, post("/api/prices", Body::from_stream(drip))).await;
    assert_eq!(answer.problem(), (408, "body_too_slow".to_owned()));
    let answer = ask(&router, Request::get("/for-ever").body(Body::empty()).expect("a request")).await;
    assert_eq!(answer.problem(), (503, "timed_out".to_owned()));
}

#[tokio::test]
async fn a_panic_ends_one_request_and_not_the_server() {
    async fn broken() {
        panic!("a mistake of ours");
    }
    let market = TestMarket::open().await;
    let router = http::enveloped(http::route_table(&market.site).route("/broken", get(broken)), &market.site);
    let broken = || Request::get("/broken").body(Body::empty()).expect("a request");
    let answer = ask(&router, broken()).await;
    assert_eq!(answer.problem(), (500, "internal".to_owned()));
    assert!(!answer.text().contains("a mistake of ours"), "what went wrong inside is for the log alone");
    assert_eq!(ask(&router, post("/api/prices", example().to_string())).await.status, 200);
}

#[tokio::test]
async fn without_its_store_the_market_still_computes_prices() {
    let market = TestMarket::open().await;
    market.store.close().await;
    let unavailable = (503, "store_unavailable".to_owned());
    assert_eq!(market.get("/healthz").await.problem(), unavailable);
    assert_eq!(market.post("/api/quotes", example()).await.problem(), unavailable);
    assert_eq!(market.get("/api/quotes/x").await.problem(), unavailable);
    assert_eq!(market.post("/api/prices", example()).await.json()["total"], "208.00");
    assert_eq!(market.get("/api/products/data-analytics-2").await.status, 200);
}

#[tokio::test]
async fn another_programs_request_id_is_taken_over_where_it_is_sane() {
    let market = TestMarket::open().await;
    for (given, taken) in [("trace-1.a_B", true), ("a b", false), ("\"}{", false)] {
        let request = Request::get("/api/nothing").header("x-request-id", given).body(Body::empty());
        let answer = market.ask(request.expect("a request")).await;
        assert_eq!(answer.header("x-request-id") == given, taken, "{given}");
    }
}
