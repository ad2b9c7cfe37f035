//! A quotation is shown as it was signed, and nothing else is taken for one.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signer as _, SigningKey};
use shared::api::{Confirmed, Names, Product, SIGNED_PREFIX, VerifyKey, VerifyKeys};
use shared::calendar::Timestamp;
use shared::lifecycle::{ChangeMode, change, purchase};
use shared::money::Fen;
use shared::orders::{Intent, OnService};
use shared::pricing::SelectionFile;

use super::model::{Again, Effect, Model, Msg};
use super::seal::{Seal, Sealed};
use crate::client::{Failure, Refused};
use crate::element::Sink;
use crate::format::yuan;
use crate::i18n::Lang;
use crate::storefront::product::address;
use crate::storefront::product::model::Published;

fn instant(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Two years of ten users of the advanced edition, twice: with a discount, and for two instances.
pub(crate) fn confirmed() -> Confirmed {
    let product: Product = serde_json::from_str(include_str!("../../../tests/fixtures/product.json")).unwrap();
    let Published { slug, text, revision, offer, now } = Published::try_from(&product).unwrap();
    let selection = address::read(&offer, "edition=advanced&term=P2Y&count=2").check(&offer).unwrap();
    Confirmed {
        id: "a1".into(),
        product: slug,
        product_name: text.name,
        vendor: text.vendor,
        revision,
        selection: selection.to_file(&offer),
        on: None,
        quote: purchase(&offer, &selection, now, None).unwrap(),
        names: Names::of(&offer.editions[selection.edition]),
        issued_at: now,
        expires_at: instant("2026-11-21T10:15:00+08:00"),
    }
}

/// So many users instead of ten after some time; the end stays, or a new term begins.
pub(crate) fn of_a_change(mode: ChangeMode, users: u32, term: &str) -> Confirmed {
    let bought = confirmed();
    let product: Product = serde_json::from_str(include_str!("../../../tests/fixtures/product.json")).unwrap();
    let offer = Published::try_from(&product).unwrap().offer;
    let had = bought.quote.after[0].clone();
    let term = (mode == ChangeMode::ReTerm).then(|| term.parse().unwrap());
    let quantities = [("yonghushu".to_owned(), users)].into();
    let selection = SelectionFile { term, count: 1, quantities, ..bought.selection };
    let at = instant("2027-03-01T00:00:00+08:00");
    let quote = change(&offer, &had, &selection.as_raw(), mode, at, None).unwrap();
    let on = OnService { service: "20261121-A1-1".into(), intent: Intent::Change { mode }, subscription: had };
    Confirmed { selection, on: Some(on), quote, ..confirmed() }
}

fn sealed(document: String) -> (Sealed, VerifyKeys) {
    let key = SigningKey::from_bytes(&[7; 32]);
    let signature = key.sign([SIGNED_PREFIX, &document].concat().as_bytes());
    let key = VerifyKey {
        kty: "OKP".into(),
        crv: "Ed25519".into(),
        x: URL_SAFE_NO_PAD.encode(key.verifying_key().to_bytes()),
        kid: "k1".into(),
        alg: "EdDSA".into(),
        usage: "sig".into(),
    };
    let signature = URL_SAFE_NO_PAD.encode(signature.to_bytes());
    (Sealed { document, signature, key_id: "k1".into() }, VerifyKeys { keys: vec![key] })
}

fn signed() -> (Sealed, VerifyKeys) {
    sealed(serde_json::to_string(&confirmed()).unwrap())
}

fn page(at: &str) -> Model {
    let (sealed, keys) = signed();
    let mut model = Model::new(sealed, instant(at));
    model.check(&keys);
    model
}

fn html(model: &Model, lang: Lang) -> String {
    super::view::view(model, lang, &Sink::nowhere()).html()
}

#[test]
fn the_signed_text_is_what_is_shown() {
    let model = page("2026-11-21T10:00:30+08:00");
    assert_eq!(model.seal, Seal::Good);
    let html = html(&model, Lang::Zh);
    for text in [
        ">¥904.40</output>",
        "签名有效",
        "¥532 打 8.5 折",
        "10 人 × ¥20/人/年 × 2",
        "区域：上海",
        "14:30",
        "¥452.20 × 2",
    ] {
        assert!(html.contains(text), "{text}");
    }
}

#[test]
fn any_tampering_shows() {
    let (good, keys) = signed();
    let tampered = |change: &dyn Fn(&mut Sealed)| {
        let mut sealed = good.clone();
        change(&mut sealed);
        let mut model = Model::new(sealed, instant("2026-11-21T10:00:00+08:00"));
        model.check(&keys);
        model
    };
    let changes: [&dyn Fn(&mut Sealed); 6] = [
        &|sealed| sealed.document = sealed.document.replace("904.40", "904.39"),
        &|sealed| sealed.document.push(' '),
        &|sealed| sealed.signature = sealed.signature.replace(|c: char| c.is_ascii_lowercase(), "A"),
        &|sealed| sealed.signature.clear(),
        &|sealed| sealed.key_id = "another".into(),
        &|sealed| sealed.document = "[]".into(),
    ];
    for (index, change) in changes.into_iter().enumerate() {
        let model = tampered(change);
        assert_eq!(model.seal, Seal::Bad, "{index}");
        assert!(html(&model, Lang::Zh).contains("签名无效"), "{index}");
        assert!(html(&model, Lang::En).contains("Signature invalid"), "{index}");
    }
}

#[test]
fn expired_ones_are_quoted_again_at_the_same_total_or_with_the_difference_shown() {
    let mut model = page("2026-11-21T10:14:59+08:00");
    assert!(!html(&model, Lang::Zh).contains("重新报价"));
    assert_eq!(model.update(Msg::Tick(instant("2026-11-21T10:15:00+08:00"))), None);
    assert!(html(&model, Lang::Zh).contains("报价已过期"));

    let Some(Effect::Quote(request)) = model.update(Msg::Again) else { panic!("it asks the server") };
    assert_eq!((request.expected_total, request.revision), (Some(Fen::new(90_440)), None));
    assert_eq!(request.selection, confirmed().selection);
    assert_eq!(model.update(Msg::Again), None, "one click is enough");

    let refused =
        Refused { status: 409, zh: String::new(), en: String::new(), violations: Vec::new(), total: Some(Fen::new(1)) };
    model.update(Msg::Answered(Err(Failure::Refused(Box::new(refused)))));
    assert_eq!(model.again, Again::Differs(Fen::new(1)));
    assert!(html(&model, Lang::Zh).contains("原报价 ¥904.40，现价 ¥0.01"));
    let Some(Effect::Quote(request)) = model.update(Msg::Again) else { panic!("at the new price now") };
    assert_eq!(request.expected_total, Some(Fen::new(1)));
    assert_eq!(model.update(Msg::Answered(Ok("b2".into()))), Some(Effect::Open("b2".into())));
}

#[test]
fn without_a_network_it_says_so_and_can_be_tried_again() {
    let mut model = page("2026-11-22T10:00:00+08:00");
    model.update(Msg::Again);
    model.update(Msg::Answered(Err(Failure::Unreachable)));
    assert!(html(&model, Lang::Zh).contains("无法连接服务器"));
    assert!(matches!(model.update(Msg::Again), Some(Effect::Quote(_))));
}

#[test]
fn of_a_change_the_lines_are_read_and_come_to_what_is_due() {
    for (confirmed, mode) in [
        (of_a_change(ChangeMode::CoTerm, 20, "P2Y"), "差价："),
        (of_a_change(ChangeMode::ReTerm, 40, "P2Y"), "剩余价值："),
        (of_a_change(ChangeMode::ReTerm, 10, "P6M"), "放弃的剩余价值"),
    ] {
        let (sealed, keys) = sealed(serde_json::to_string(&confirmed).unwrap());
        let mut model = Model::new(sealed, instant("2026-11-21T10:00:30+08:00"));
        model.check(&keys);
        assert_eq!(model.seal, Seal::Good);
        let html = html(&model, Lang::Zh);
        for text in [mode, "20261121-A1-1", &format!(">{}</output>", yuan(confirmed.quote.due))] {
            assert!(html.contains(text), "{text} in {html}");
        }
        // What is over is quoted again where the service is, never as a purchase.
        model.update(Msg::Tick(instant("2026-11-21T10:20:00+08:00")));
        let html = super::view::view(&model, Lang::Zh, &Sink::nowhere()).html();
        assert!(html.contains(r#"href="/account/services/20261121-A1-1/change""#), "{html}");
        assert_eq!(model.update(Msg::Again), None);
    }
}
