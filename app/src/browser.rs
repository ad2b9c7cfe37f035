//! The few things that pages ask of the browser.

use std::cell::RefCell;
use std::time::Duration;

use leptos::prelude::{document, set_timeout, window, window_event_listener_untyped};
use shared::calendar::Timestamp;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlElement, HtmlFormElement};

use crate::clock;
use crate::prefs::Prefs;

/// How long the address may lag behind.
const SOON: Duration = Duration::from_millis(200);

thread_local! {
    /// The query that is to be written into the address.
    static QUERY: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// The path of the address.
pub fn path() -> String {
    window().location().pathname().unwrap_or_default()
}

/// The beginning of every address of this store: `https://market.example`.
pub fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// The query of the address, without its question mark.
pub fn query() -> String {
    settle_query();
    let search = window().location().search().unwrap_or_default();
    search.strip_prefix('?').map(str::to_owned).unwrap_or_default()
}

/// Writes `query` into the address. The history keeps one entry: going back leaves the page.
pub fn replace_query(query: &str) {
    let address = ["?", query].concat();
    if let Ok(history) = window().history() {
        // Refused only when a script does it hundreds of times a second: the next change writes it again.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
    }
}

/// Writes `query` into the address in a moment, the last one if there are more until then: browsers take longer for it than
/// for everything else that a click does.
pub fn replace_query_soon(query: String) {
    if QUERY.replace(Some(query)).is_none() {
        set_timeout(settle_query, SOON);
    }
}

/// Writes now what would be written soon.
pub fn settle_query() {
    if let Some(query) = QUERY.take() {
        replace_query(&query);
    }
}

/// Writes the address before the page is left, or laid aside.
pub fn settle_query_when_leaving() {
    let _ = window_event_listener_untyped("pagehide", |_| settle_query());
}

/// Goes to another page.
pub fn open(path: &str) {
    settle_query();
    if crate::embed::open(path) {
        return;
    }
    let _ = window().location().assign(path);
}

/// Brings the keyboard to the element with this id.
pub fn focus(id: &str) {
    let element = document().get_element_by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok());
    if let Some(element) = element {
        let _ = element.focus();
    }
}

/// Brings the keyboard to the first field whose id is `id` or begins so; where there is none, to where it would be.
pub fn focus_on(id: &str) {
    let mut id = id;
    loop {
        let find = |selector: String| document().query_selector(&selector).ok().flatten();
        // Ids of fields are made of names and digits.
        let found = find(["[id=\"", id, "\"]"].concat()).or_else(|| find(["[id^=\"", id, "-\"]"].concat()));
        if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            element.scroll_into_view_with_bool(false);
            let _ = element.focus();
            return;
        }
        match id.rsplit_once('-') {
            Some((shorter, _)) => id = shorter,
            None => return,
        }
    }
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

/// Keeps a text under a name in this browser, or nothing any more. Where the browser has no room or no will, nothing is kept.
pub fn keep(name: &str, text: Option<&str>) {
    if let Some(storage) = storage() {
        let _ = match text {
            Some(text) => storage.set_item(name, text),
            None => storage.remove_item(name),
        };
    }
}

/// What is kept under a name.
pub fn kept(name: &str) -> Option<String> {
    storage()?.get_item(name).ok().flatten()
}

/// Hands the person a file.
pub fn download(name: &str, text: &str) {
    let link = document().create_element("a").ok().and_then(|link| link.dyn_into::<HtmlElement>().ok());
    let blob = web_sys::Blob::new_with_str_sequence(&js_sys::Array::of1(&text.into())).ok();
    let address = blob.and_then(|blob| web_sys::Url::create_object_url_with_blob(&blob).ok());
    let (Some(link), Some(address)) = (link, address) else { return };
    let _ = link.set_attribute("href", &address);
    let _ = link.set_attribute("download", name);
    link.click();
    // The browser has begun to save it by the next turn.
    set_timeout(move || drop(web_sys::Url::revoke_object_url(&address)), SOON);
}

/// The bytes of the file that was chosen in an input; the input forgets it, so that it can be chosen again.
pub async fn chosen_file(input: web_sys::HtmlInputElement) -> Option<Vec<u8>> {
    let file = input.files()?.get(0)?;
    let bytes = wasm_bindgen_futures::JsFuture::from(file.array_buffer()).await.ok()?;
    input.set_value("");
    Some(js_sys::Uint8Array::new(&bytes).to_vec())
}

/// Scrolls the row that an element stands in, so that it is seen; the page itself stays where it is.
pub fn reveal(selector: &str) {
    let found = document().query_selector(selector).ok().flatten();
    let Some(shown) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) else { return };
    let row = shown.parent_element().and_then(|row| row.dyn_into::<HtmlElement>().ok());
    let Some(row) = row else { return };
    let past = shown.offset_left() + shown.offset_width() - row.offset_left() - row.client_width();
    if past > 0 {
        // So far that one sees there is more.
        row.set_scroll_left(past + 32);
    }
}

/// The id of the element that has the keyboard; empty for none.
pub fn focused() -> String {
    document().active_element().map(|element| element.id()).unwrap_or_default()
}

/// The language that the page says it is in.
pub fn page_lang() -> String {
    root().and_then(|root| root.get_attribute("lang")).unwrap_or_default()
}

/// The clock of this computer, in seconds since 1970.
#[expect(clippy::cast_possible_truncation, reason = "milliseconds of a date are whole and far below 2^53")]
pub fn unix_now() -> i64 {
    js_sys::Date::now() as i64 / 1000
}

/// The server's time.
pub fn now() -> Option<Timestamp> {
    clock::at(unix_now())
}

/// Remembers a preference.
pub fn remember(name: &str, value: &str) {
    if let Some(document) = document().dyn_ref::<web_sys::HtmlDocument>() {
        let _ = document.set_cookie(&Prefs::cookie(name, value));
    }
}

/// Cookies as the server would get them.
pub fn cookies() -> String {
    document().dyn_ref::<web_sys::HtmlDocument>().and_then(|document| document.cookie().ok()).unwrap_or_default()
}

/// Whether the system prefers dark.
pub fn system_is_dark() -> bool {
    window().match_media("(prefers-color-scheme: dark)").ok().flatten().is_some_and(|query| query.matches())
}

/// Whether the page is dark now.
pub fn is_dark() -> bool {
    match root().and_then(|root| root.get_attribute("data-theme")) {
        Some(theme) => theme == "dark",
        None => system_is_dark(),
    }
}

fn root() -> Option<web_sys::Element> {
    document().document_element()
}

/// Sets the page's theme.
pub fn set_theme(theme: &str) {
    if let Some(root) = root() {
        let _ = root.set_attribute("data-theme", theme);
    }
}

/// Sets the page's language, and takes it out of the address, where it would go before what was chosen.
pub fn set_page_lang(tag: &str) {
    if let Some(root) = root() {
        let _ = root.set_attribute("lang", tag);
    }
    let query = query();
    if query.contains("lang=") {
        let kept = form_urlencoded::parse(query.as_bytes()).filter(|(key, _)| key != "lang");
        replace_query(&form_urlencoded::Serializer::new(String::new()).extend_pairs(kept).finish());
    }
}

/// Sets the page's title.
pub fn set_title(title: &str) {
    document().set_title(title);
}

/// Loads the page again.
pub fn reload() {
    settle_query();
    let _ = window().location().reload();
}

/// Opens the print dialogue.
pub fn print() {
    let _ = window().print();
}

/// Copies the page's address; `false` where the browser does not allow it.
pub async fn copy_address() -> bool {
    settle_query();
    match window().location().href() {
        Ok(address) => copy(&address).await,
        Err(_) => false,
    }
}

/// Copies a text; `false` where the browser does not allow it.
pub async fn copy(text: &str) -> bool {
    // Absent where the page did not come over a secure connection.
    let clipboard = js_sys::Reflect::get(&window().navigator(), &"clipboard".into());
    let Some(clipboard) = clipboard.ok().and_then(|found| found.dyn_into::<web_sys::Clipboard>().ok()) else {
        return false;
    };
    wasm_bindgen_futures::JsFuture::from(clipboard.write_text(text)).await.is_ok()
}

/// What stands in the fields of the form with this id, as a query.
pub fn form_query(id: &str) -> Option<String> {
    let form = document().get_element_by_id(id)?.dyn_into::<HtmlFormElement>().ok()?;
    let data = web_sys::FormData::new_with_form(&form).ok()?;
    let params = js_sys::Reflect::get(&window(), &"URLSearchParams".into()).ok()?;
    let params: js_sys::Function = params.dyn_into().ok()?;
    let params = js_sys::Reflect::construct(&params, &js_sys::Array::of1(&data)).ok()?;
    params.dyn_ref::<js_sys::Object>().map(|object| String::from(object.to_string()))
}

/// Calls `tick` every second for as long as the page lives.
pub fn every_second(tick: impl Fn() + 'static) {
    leptos::prelude::set_interval(tick, core::time::Duration::from_secs(1));
}

/// Draws 128 bits in hexadecimal: no two are alike.
pub fn draw() -> String {
    let mut bytes = [0; 16];
    let drawn = window().crypto().and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes));
    if let Err(error) = drawn {
        // Without chance two requests could be taken for one; every browser that runs this has it.
        wasm_bindgen::throw_val(error);
    }
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}
