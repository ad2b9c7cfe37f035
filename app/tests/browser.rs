//! The product page in a real browser: clicked, typed into, stepped, and found by its roles and names.

#![allow(clippy::allow_attributes, clippy::unwrap_used, reason = "what a test unwraps it expects")]
#![cfg(target_arch = "wasm32")]

use app::app::App;
use app::element::take_over;
use app::i18n::Lang;
use app::storefront::product::Store;
use app::storefront::product::model::{Model, Published};
use app::storefront::screen::Screen;
use leptos::prelude::{RwSignal, document};
use shared::api::Product;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, EventInit, HtmlElement, HtmlInputElement, KeyboardEventInit, WheelEventInit};

wasm_bindgen_test_configure!(run_in_browser);

/// The page of the seed's product, in a document of its own.
struct Page(HtmlElement);

impl Page {
    /// Built in the browser.
    fn open() -> Self {
        Self::mounted(|_, _| {})
    }

    /// Painted by the server, then taken over; `before` sees what was painted.
    fn painted(before: impl FnOnce(&Self)) -> Self {
        Self::mounted(|page, app| {
            page.0.set_inner_html(&app.view().html());
            before(page);
            take_over(page.0.first_element_child().unwrap());
        })
    }

    fn mounted(prepare: impl FnOnce(&Self, App)) -> Self {
        let product: Product = serde_json::from_str(include_str!("fixtures/product.json")).unwrap();
        let model = Model::new(Published::try_from(&product).unwrap(), "");
        let app = App::new(Screen::Product(Store(RwSignal::new(model))), Lang::Zh);
        let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
        // The page of the test before; what the test's runner has in the document stays.
        if let Some(before) = document().get_element_by_id("page") {
            before.remove();
        }
        root.set_id("page");
        document().body().unwrap().append_child(&root).unwrap();
        let page = Self(root);
        prepare(&page, app);
        leptos::mount::mount_to_renderer(&page.0, move || move || app.view()).forget();
        page
    }

    fn all(&self, selector: &str) -> Vec<HtmlElement> {
        let found = self.0.query_selector_all(selector).unwrap();
        (0..found.length()).filter_map(|index| found.get(index)?.dyn_into().ok()).collect()
    }

    /// The one element with this role, or of this kind, and this accessible name.
    fn named(&self, selector: &str, name: &str) -> HtmlElement {
        let mut found: Vec<HtmlElement> =
            self.all(selector).into_iter().filter(|element| accessible_name(element) == name).collect();
        assert_eq!(found.len(), 1, "{selector} named {name}");
        found.remove(0)
    }

    fn choose(&self, group: &str, value: &str) {
        let group = Self(self.named("[role=radiogroup]", group));
        group.named("input[type=radio]", value).click();
    }

    fn field(&self, name: &str) -> HtmlInputElement {
        self.named("[role=spinbutton]", name).unchecked_into()
    }

    /// Everything but what the fields were painted with: what they hold counts.
    fn markup(&self) -> String {
        for field in self.all("input") {
            field.remove_attribute("checked").unwrap();
        }
        for field in self.all("input[role=spinbutton]") {
            field.remove_attribute("value").unwrap();
        }
        self.0.inner_html()
    }

    fn total(&self) -> String {
        self.named("output", "合计").text_content().unwrap()
    }
}

fn accessible_name(element: &Element) -> String {
    if let Some(name) = element.get_attribute("aria-label") {
        return name;
    }
    if let Some(id) = element.get_attribute("aria-labelledby") {
        return document().get_element_by_id(&id).and_then(|label| label.text_content()).unwrap_or_default();
    }
    let label = format!("label[for='{}']", element.id());
    let label = document().query_selector(&label).unwrap().filter(|_| !element.id().is_empty());
    label.and_then(|label| label.text_content()).or_else(|| element.text_content()).unwrap_or_default()
}

fn type_into(field: &HtmlInputElement, text: &str) {
    field.set_value(text);
    let init = EventInit::new();
    init.set_bubbles(true);
    field.dispatch_event(&web_sys::Event::new_with_event_init_dict("input", &init).unwrap()).unwrap();
}

fn press(field: &HtmlInputElement, key: &str) {
    let init = KeyboardEventInit::new();
    init.set_key(key);
    let event = web_sys::KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
    field.dispatch_event(&event).unwrap();
}

fn turn_wheel(field: &HtmlInputElement, by: f64) {
    let init = WheelEventInit::new();
    init.set_delta_y(by);
    let event = web_sys::WheelEvent::new_with_event_init_dict("wheel", &init).unwrap();
    field.dispatch_event(&event).unwrap();
}

/// What was changed is shown before the browser paints: in two microtasks, the price in the first.
async fn shown() {
    for _ in 0..2 {
        wasm_bindgen_futures::JsFuture::from(js_sys::Promise::resolve(&wasm_bindgen::JsValue::NULL)).await.unwrap();
    }
}

#[wasm_bindgen_test]
async fn q6_the_seeds_selection_shows_208() {
    let page = Page::open();
    assert_eq!(page.total(), "¥132.00");
    type_into(&page.field("用户数"), "10");
    page.choose("型号", "APP+WAP+微信");
    page.choose("区域", "上海");
    shown().await;
    assert_eq!(page.total(), "¥208.00");
    page.choose("购买时长", "1 个月");
    shown().await;
    assert_eq!(page.total(), "¥19.00");
    page.choose("套餐版本", "高级版");
    shown().await;
    assert_eq!(page.total(), "¥266.00");
}

#[wasm_bindgen_test]
async fn a_field_is_typed_into_stepped_and_turned_and_stays_the_same_element() {
    let page = Page::open();
    let field = page.field("用户数");
    press(&field, "ArrowUp");
    shown().await;
    assert_eq!((field.value().as_str(), page.total().as_str()), ("6", "¥144.00"));
    press(&field, "PageDown");
    shown().await;
    assert_eq!(field.value(), "5");
    page.named("button", "增加用户数").click();
    shown().await;
    assert_eq!(field.value(), "6");

    turn_wheel(&field, -100.0);
    shown().await;
    assert_eq!(field.value(), "6", "scrolling past changes nothing");
    field.focus().unwrap();
    turn_wheel(&field, -100.0);
    shown().await;
    assert_eq!(field.value(), "7");

    type_into(&field, "3");
    shown().await;
    assert_eq!((field.value().as_str(), page.total().as_str()), ("3", "—"));
    assert_eq!(field.get_attribute("aria-invalid").as_deref(), Some("true"));
    assert!(field.is_same_node(Some(&page.field("用户数"))));
    assert!(document().active_element().is_some_and(|focused| focused.is_same_node(Some(&field))));
}

#[wasm_bindgen_test]
async fn advice_is_taken_in_one_click() {
    let page = Page::open();
    type_into(&page.field("用户数"), "9");
    shown().await;
    assert_eq!(page.total(), "¥180.00");
    page.named("button", "改为 10 人").click();
    shown().await;
    assert_eq!((page.field("用户数").value().as_str(), page.total().as_str()), ("10", "¥172.00"));
}

#[wasm_bindgen_test]
async fn another_language_keeps_the_selection() {
    let page = Page::open();
    type_into(&page.field("用户数"), "10");
    page.named("a", "English").click();
    shown().await;
    assert_eq!(page.named("output", "Total").text_content().unwrap(), "¥172.00");
    assert_eq!(page.field("Count").value(), "1");
    page.named("a", "中文").click();
    shown().await;
    assert_eq!(page.total(), "¥172.00");
}

#[wasm_bindgen_test]
async fn every_kind_of_change_reaches_the_document() {
    let page = Page::open();
    let radios = page.all("[role=radiogroup]").len();
    page.choose("套餐版本", "高级版");
    shown().await;
    assert_eq!(page.all("[role=radiogroup]").len(), radios - 1, "the advanced edition has one option less");
    let checked: Vec<String> =
        page.all("input[type=radio]:checked").iter().map(|input| accessible_name(input)).collect();
    assert_eq!(checked, ["高级版", "上海", "1 年"]);
    page.choose("套餐版本", "标准版");
    shown().await;
    let checked: Vec<String> =
        page.all("input[type=radio]:checked").iter().map(|input| accessible_name(input)).collect();
    assert_eq!(checked, ["标准版", "APP+WAP", "上海", "1 年"]);
    // SVG stays SVG when it is made anew.
    let line = page.0.query_selector("polyline").unwrap().unwrap();
    assert_eq!(line.namespace_uri().as_deref(), Some("http://www.w3.org/2000/svg"));
}

#[wasm_bindgen_test]
async fn what_the_server_painted_is_taken_over() {
    let mut painted = Vec::new();
    let page = Page::painted(|page| painted = page.all("*:not(noscript, noscript *)"));
    let kept = page.all("*:not(noscript, noscript *)");
    assert_eq!(kept.len(), painted.len());
    assert!(kept.iter().zip(&painted).all(|(now, before)| now.is_same_node(Some(before))), "nothing was made anew");
    page.named("button", "增加用户数").click();
    shown().await;
    assert_eq!((page.field("用户数").value().as_str(), page.total().as_str()), ("6", "¥144.00"));
    page.choose("套餐版本", "高级版");
    shown().await;

    // From there on it is the page that the browser would have built.
    let taken_over = page.markup();
    let built = Page::open();
    built.named("button", "增加用户数").click();
    built.choose("套餐版本", "高级版");
    shown().await;
    assert_eq!(taken_over, built.markup());
}

#[wasm_bindgen_test]
async fn what_buyers_say_stays_as_the_server_painted_it() {
    let said = |page: &Page| {
        let mut painted = page.all("[data-painted]");
        assert_eq!(painted.len(), 1);
        painted.remove(0)
    };
    let page = Page::painted(|page| said(page).set_inner_html("<p>好用</p>"));
    page.named("button", "增加用户数").click();
    page.named("a", "English").click();
    shown().await;
    assert_eq!(said(&page).inner_html(), "<p>好用</p>");
}
