//! What the sandbox's clock is for. It is set in the frame above; the store's pages lead here.

use super::route::Route;
use crate::element::{Element, Sink, el};
use crate::format::date_time;
use crate::i18n::Lang;
use crate::page::parts::{link, titled};
use crate::page::{Context, Effect, Page, Shown};

/// The page.
pub struct Clock;

impl Page for Clock {
    type Msg = ();

    fn begin(&mut self) -> Vec<Effect<()>> {
        Vec::new()
    }

    fn update(&mut self, (): ()) -> Vec<Effect<()>> {
        Vec::new()
    }
}

impl Shown for Clock {
    fn view(&self, context: &Context, _: &Sink<()>) -> Element {
        let lang = context.lang;
        let lead = lang.pick(
            "时间只属于这个演示市场，所有人共用。用页面右上方的“拨快时钟”往前拨：到期、提醒和关单会按先后顺序立即发生；时钟不能往回拨。",
            "This demo market has a time of its own, the same for everybody. Set it forward at the top of this page: services end, notices go out and unpaid orders close, in their order. It never goes back.",
        );
        let mut ways = vec![link("/".to_owned(), lang.pick("回到商店", "Back to the store"))];
        if context.who.is_some() {
            ways.push(link(Route::Services.path(), lang.pick("我的服务", "My services")));
        }
        el("div")
            .class("clock-page")
            .with(el("h1").with(lang.pick("沙箱时钟", "The sandbox's clock")))
            .with(el("p").class("clock-now").with(date_time(context.now, lang)))
            .with(el("p").class("lead").with(lead))
            .with(el("p").class("clock-ways").all(ways))
    }

    fn title(&self, lang: Lang) -> String {
        titled(lang.pick("沙箱时钟", "The sandbox's clock"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::samples::context;

    #[test]
    fn visitors_are_led_back_to_the_store_and_members_to_their_services_too() {
        let html = |context: &Context| Clock.view(context, &Sink::nowhere()).html();
        assert!(html(&context()).contains("/account/services") && html(&context()).contains("2026年11月21日 10:00"));
        let visitor = html(&Context { who: None, ..context() });
        assert!(!visitor.contains("/account/services") && visitor.contains(r#"href="/""#), "{visitor}");
    }
}
