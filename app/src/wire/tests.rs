//! Every reader reads what the types of [`shared::api`] write.

use shared::api::{FromPrice, Product, ProductCard, ProductList, Refusal, Signed, VerifyKey, VerifyKeys};
use shared::json::Node;
use shared::lifecycle::ChangeMode;
use shared::money::Fen;
use shared::violation::Violation;

use crate::page_data::QuotationData;
use crate::storefront::product::model::Published;
use crate::storefront::quotation::seal::Sealed;

fn read<T>(written: &impl serde::Serialize, read: impl Fn(&Node<'_>) -> Option<T>) -> T {
    let text = serde_json::to_string(written).unwrap();
    read(&Node::parse(&text).unwrap()).unwrap()
}

fn product() -> Product {
    serde_json::from_str(include_str!("../../tests/fixtures/product.json")).unwrap()
}

fn keys() -> VerifyKeys {
    let key = VerifyKey {
        kty: "OKP".into(),
        crv: "Ed25519".into(),
        x: "x".into(),
        kid: "k1".into(),
        alg: "EdDSA".into(),
        usage: "sig".into(),
    };
    VerifyKeys { keys: vec![key] }
}

#[test]
fn products() {
    let mut product = product();
    assert_eq!(read(&product, super::published), Published::try_from(&product).unwrap());
    product.text.rating = Some("4.6".into());
    assert_eq!(read(&product, super::published).text, product.text);
}

#[test]
fn lists_of_products() {
    let card = |from, trial_days| ProductCard { slug: "a".into(), text: product().text, from, trial_days };
    let recurring = card(FromPrice { price: Fen::new(1_100), term: "P1M".parse().ok() }, Some(7));
    let once = card(FromPrice { price: Fen::new(5), term: None }, None);
    let list = ProductList { products: vec![recurring, once] };
    assert_eq!(read(&list, super::cards), list.products);
}

#[test]
fn quotations() {
    let sealed = Sealed { document: "{\"a\":\"</script>\"}".into(), signature: "s".into(), key_id: "k1".into() };
    let data = QuotationData { sealed, keys: keys(), now: product().now };
    assert_eq!(read(&data, super::quotation_data), data);
    assert_eq!(read(&keys(), super::keys), keys());
}

#[test]
fn signed_documents() {
    let confirmed = crate::storefront::quotation::tests::confirmed();
    let document = super::document(&serde_json::to_string(&confirmed).unwrap()).unwrap();
    assert_eq!(document.lines, confirmed.quote.lines);
    assert_eq!(document.names, confirmed.names);
    assert_eq!(document.selection, confirmed.selection);
    assert_eq!((document.issued_at, document.expires_at), (confirmed.issued_at, confirmed.expires_at));
    assert_eq!((document.total, document.renewal_total), (confirmed.quote.total, confirmed.quote.renewal_total));

    for (mode, users) in [(ChangeMode::CoTerm, 20), (ChangeMode::ReTerm, 40)] {
        let confirmed = crate::storefront::quotation::tests::of_a_change(mode, users, "P2Y");
        let document = super::document(&serde_json::to_string(&confirmed).unwrap()).unwrap();
        assert_eq!(document.lines, confirmed.quote.lines);
        assert_eq!(document.on, confirmed.on.map(|on| (on.service, on.intent)));
        assert_eq!((document.forfeited, document.due), (confirmed.quote.forfeited, confirmed.quote.due));
    }

    let signed = Signed { confirmed, document: "d".into(), signature: "s".into(), key_id: "k".into() };
    assert_eq!(read(&signed, super::sealed), Sealed::from(&signed));
    assert_eq!(read(&signed, super::id), "a1");
}

#[test]
fn refusals() {
    let violation = Violation { code: "c".into(), at: "/selection".into(), zh: "中".into(), en: "en".into() };
    let quote = crate::storefront::quotation::tests::confirmed().quote;
    let refusal = Refusal {
        kind: "about:blank".into(),
        title: "Conflict".into(),
        status: 409,
        code: "price_mismatch".into(),
        zh: "中".into(),
        detail: "en".into(),
        violations: vec![violation.clone()],
        quote: Some(Box::new(quote.clone())),
        revision: Some(1),
        draft: None,
        request_id: "r".into(),
    };
    let refused = read(&refusal, super::refusal);
    assert_eq!((refused.status, refused.zh.as_str(), refused.en.as_str()), (409, "中", "en"));
    assert_eq!((refused.violations, refused.total), (vec![violation], Some(quote.total)));
}

#[test]
fn what_is_something_else_is_not_read() {
    for text in ["[]", "{}", "null", "{\"products\":[{}]}", "{\"slug\":1}"] {
        let node = Node::parse(text).unwrap();
        assert!(super::published(&node).is_none() && super::cards(&node).is_none() && super::sealed(&node).is_none());
        assert!(super::document(text).is_none() && super::refusal(&node).is_none(), "{text}");
    }
}
