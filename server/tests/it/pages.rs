//! The pages as they arrive, before any script runs.

use super::people::Browser;
use super::support::{Answer, TestMarket, example};
use axum::body::Body;
use axum::http::Request;

async fn page(market: &TestMarket, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::get(path).header("accept", "text/html,*/*;q=0.8");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    market.ask(request.body(Body::empty()).expect("a request")).await
}

#[tokio::test]
async fn a_product_arrives_with_its_name_its_editions_and_its_first_price() {
    let market = TestMarket::open().await;
    let answer = page(&market, "/p/data-analytics-2", &[]).await;
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
    assert_eq!(answer.header("cache-control"), "no-cache");
    let html = answer.text();
    let visible = html.split_once(r#"<div id="app">"#).expect("the page").1;
    let visible = visible.split_once("<script").expect("its end").0;
    for part in ["数据分析软件(演示例子2)", "标准版", "高级版", "尊贵版", "按人数、终端和区域灵活选购", "¥"]
    {
        assert!(visible.contains(part), "{part}");
    }
    let data = html.split_once(r#"id="page-data">"#).expect("the data").1.split_once("</script>").expect("its end").0;
    let data: serde_json::Value = serde_json::from_str(data).expect("JSON");
    assert!(data.to_string().contains("yonghushu"));
}

#[tokio::test]
async fn the_address_says_what_is_selected() {
    let market = TestMarket::open().await;
    let query = shared_address();
    let answer = page(&market, &format!("/p/data-analytics-2?{query}"), &[]).await;
    assert!(answer.text().contains("¥208.00"), "{}", answer.text());
}

/// As the page writes it, see `app`.
fn shared_address() -> String {
    "edition=standard&term=P1Y&q.yonghushu=10&o.xinghao=APP%2BWAP%2B%E5%BE%AE%E4%BF%A1&o.quyu=%E4%B8%8A%E6%B5%B7&count=1"
        .to_owned()
}

#[tokio::test]
async fn language_and_theme_are_right_from_the_first_byte() {
    let market = TestMarket::open().await;
    for (path, cookie, lang, theme) in [
        ("/", "", "zh-CN", None),
        ("/?lang=en", "", "en", None),
        ("/", "lang=en; theme=dark", "en", Some("dark")),
        ("/?lang=zh", "lang=en; theme=light", "zh-CN", Some("light")),
        ("/nothing", "lang=en", "en", None),
    ] {
        let answer = page(&market, path, &[("cookie", cookie)]).await;
        let text = answer.text();
        let root = text.split_once("<html ").and_then(|(_, rest)| rest.split_once('>')).expect("a root").0;
        assert!(root.starts_with(&format!(r#"lang="{lang}""#)), "{path} {cookie}: {root}");
        let themed = root.split_once(r#"data-theme=""#).and_then(|(_, rest)| rest.split_once('"'));
        assert_eq!(themed.map(|(theme, _)| theme), theme, "{path} {cookie}: {root}");
    }
}

#[tokio::test]
async fn every_page_is_there_and_what_is_not_is_said_to_a_person_as_a_page() {
    let market = TestMarket::open().await;
    let id = market.post("/api/quotes", example()).await.json()["id"].as_str().expect("an id").to_owned();
    let quote = format!("/quote/{id}");
    for (path, status) in [("/", 200), (quote.as_str(), 200), ("/quote/x", 404), ("/p/x", 404), ("/x", 404)] {
        let answer = page(&market, path, &[]).await;
        assert_eq!(answer.status, status, "{path}");
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8", "{path}");
        assert!(answer.header("content-security-policy").contains("script-src 'self' 'wasm-unsafe-eval'"), "{path}");
    }
    let quotation = page(&market, &quote, &[]).await;
    assert!(quotation.text().contains("¥208.00"));
    assert_eq!(quotation.header("x-robots-tag"), "noindex");
    // A program that asks for an address of the API gets a problem, whatever else it would take.
    assert_eq!(page(&market, "/api/nothing", &[]).await.problem(), (404, "not_found".to_owned()));
}

#[tokio::test]
async fn a_failure_that_is_no_missing_page_says_what_happened() {
    let market = TestMarket::open().await;
    market.store.close().await;
    let answer = page(&market, "/quote/x", &[("cookie", "lang=en")]).await;
    assert_eq!(answer.status, 503);
    assert!(
        answer.text().contains("Try again a little later") && answer.text().contains(answer.header("x-request-id"))
    );
}

#[tokio::test]
async fn a_page_comes_compressed_where_that_is_accepted() {
    let market = TestMarket::open().await;
    let answer = page(&market, "/", &[("accept-encoding", "gzip, deflate, br")]).await;
    assert_eq!(answer.header("content-encoding"), "br");
    assert_eq!(answer.header("vary"), "accept-encoding, cookie");
    let mut html = Vec::new();
    brotli::BrotliDecompress(&mut answer.body.as_slice(), &mut html).expect("brotli");
    assert_eq!(html, page(&market, "/", &[]).await.body);
}

#[tokio::test]
async fn the_accounts_pages_come_in_their_frame_to_those_who_are_signed_in() {
    let market = TestMarket::open().await;
    let buyer = Browser::of(&market, "demo-buyer-admin").await;
    for path in
        ["/account/services", "/account/orders/nothing", "/account/notices", "/checkout/x", "/trial/data-analytics-2"]
    {
        let visitor = page(&market, path, &[]).await;
        let place = format!("/sign-in?next={}", path.replace('/', "%2F"));
        assert_eq!((visitor.status.as_u16(), visitor.header("location")), (303, place.as_str()), "{path}");
        let answer = buyer.get(path).await;
        assert_eq!((answer.status.as_u16(), answer.header("cache-control")), (200, "no-store"), "{path}");
        let html = answer.text();
        assert!(html.contains("王晓明") && html.contains("沙箱时间"), "{path}");
        assert!(html.contains(r#""sandbox":true"#) && html.contains(r#""role":"buyer_admin""#), "{path}");
    }
    let sign_in = page(&market, "/sign-in", &[("cookie", "lang=en")]).await;
    assert!(sign_in.status == 200 && !sign_in.text().contains(r#""who""#), "{}", sign_in.text());
    let provider = page(&market, "/sandbox/pay/x", &[]).await;
    assert!(provider.status == 200 && !provider.text().contains("全部应用"), "the provider's page is not the market's");
}
