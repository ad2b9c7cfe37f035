//! My invoices: what will stand there.

use super::route::Route;
use crate::element::{Element, Sink, el};
use crate::i18n::Lang;
use crate::page::parts::{empty, link, titled};
use crate::page::{Context, Effect, Page, Shown};

/// The page.
pub struct Invoices;

impl Page for Invoices {
    type Msg = ();

    fn begin(&mut self) -> Vec<Effect<()>> {
        Vec::new()
    }

    fn update(&mut self, (): ()) -> Vec<Effect<()>> {
        Vec::new()
    }
}

impl Shown for Invoices {
    fn view(&self, context: &Context, _: &Sink<()>) -> Element {
        let lang = context.lang;
        let sentence = lang.pick(
            "还没有发票。已支付订单的发票由服务商开具，线上申请尚未开放；需要时请联系订单里的服务商。",
            "No invoices yet. Vendors issue them for paid orders. Asking for one here is not open yet: ask the order's vendor.",
        );
        let orders = link(Route::Orders.path(), lang.pick("查看我的订单", "See my orders"));
        el("div").with(el("h1").with(lang.pick("发票", "Invoices"))).with(empty(sentence, Some(orders)))
    }

    fn title(&self, lang: Lang) -> String {
        titled(lang.pick("发票", "Invoices"))
    }
}
