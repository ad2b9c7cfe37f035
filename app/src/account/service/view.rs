//! The page.

use shared::api;
use shared::calendar::{DAY, Timestamp};
use shared::lifecycle::{ExtraTrial, GRACE_SECONDS, SegmentKind, Subscription};
use shared::orders::ServiceState;
use shared::pricing::SelectionFile;

use super::model::{Msg, Service};
use crate::account::route::Route;
use crate::element::{Element, Sink, el};
use crate::format::date_time;
use crate::i18n::Lang;
use crate::page::parts::{button, draw_key, link, loaded, said, state, titled};
use crate::page::{Context, Shown};
use crate::storefront::product::address::again;
use crate::storefront::product::compare::days;
use crate::trade::service::{facts, left, segments};
use crate::trade::timeline::timeline;
use crate::trade::words::{days_left, service_state};

impl Shown for Service {
    fn view(&self, context: &Context, to: &Sink<Msg>) -> Element {
        view(self, context, to)
    }

    fn title(&self, lang: Lang) -> String {
        let name = self.service.here().map(|service| service.product_name.as_str());
        titled(name.unwrap_or(lang.pick("我的服务", "My services")))
    }
}

fn view(model: &Service, context: &Context, to: &Sink<Msg>) -> Element {
    loaded(&model.service, context.lang, |service| page(model, service, context, to))
}

fn page(model: &Service, service: &api::Service, context: &Context, to: &Sink<Msg>) -> Element {
    let lang = context.lang;
    let (class, words) = service_state(&service.state, lang);
    let badge = match service.trial {
        Some(_) => Some(lang.pick("试用", "Trial")),
        None if is_one_time(service) => Some(lang.pick("一次性购买", "Bought once")),
        None => None,
    };
    let badge = badge.map(|words| el("span").class("badge").with(words));
    let crumb = el("p").class("crumb").with(link(Route::Services.path(), lang.pick("我的服务", "My services")));
    let head = el("header")
        .with(crumb)
        .with(el("h1").with(service.product_name.clone()))
        .with(el("p").class("head-state").with(state(class, words)).maybe(badge));
    let now = el("section")
        .class("now")
        .attr("aria-label", lang.pick("服务状态", "Where the service stands"))
        .with(el("p").class("now-said").attr("role", "status").with(standing(service, context.now, lang)))
        .maybe(left(service, context.now, lang))
        .maybe(timeline(&service.subscription.segments, context.now, lang))
        .all(steps(model, service, context.now, lang, to));
    let segments = (!service.subscription.segments.is_empty()).then(|| segments(&service.subscription.segments, lang));
    el("div")
        .class("service-page")
        .with(head)
        .with(now)
        .with(el("div").class("order-detail").with(el("div").maybe(segments)).with(facts(service, "/account", lang)))
        .with(voice(service, lang))
}

/// What can be said of what was bought: where its order is.
fn voice(service: &api::Service, lang: Lang) -> Element {
    let order = || service.order.clone();
    let review = (service.trial.is_none())
        .then(|| link(Route::Review(order()).path(), lang.pick("评价这次购买", "Review what you bought")));
    let complaint = link(Route::Complaint(order()).path(), lang.pick("投诉服务商", "Complain about the vendor"));
    el("section")
        .class("voice")
        .attr("aria-labelledby", "voice-title")
        .with(el("h2").id("voice-title").with(lang.pick("评价与投诉", "Reviews and complaints")))
        .with(el("p").class("tools").all(review.into_iter().chain([complaint])))
}

/// Paid once, for good: a service that paid for no stretch of time.
fn is_one_time(service: &api::Service) -> bool {
    service.trial.is_none() && service.subscription.segments.is_empty()
}

fn standing(service: &api::Service, now: Timestamp, lang: Lang) -> String {
    let vendor = &service.vendor;
    match service.state {
        ServiceState::Provisioning { .. } if service.trial.is_some() => lang.pick(
            format!("等待{vendor}开通。试用期从开通时起算，等待不占用试用天数。"),
            format!("Waiting for {vendor} to open it. The trial's days run from then on, not before."),
        ),
        ServiceState::Provisioning { .. } if is_one_time(service) => lang.pick(
            format!("等待{vendor}交付。一次性购买，不会到期，也无需续费。本页会自动更新。"),
            format!("Waiting for {vendor} to deliver it. Bought once: it does not end and needs no renewal. This page follows by itself."),
        ),
        ServiceState::Active { since } if is_one_time(service) => {
            let at = date_time(service.opened.unwrap_or(since), lang);
            lang.pick(
                format!("{vendor}已于 {at} 交付。一次性购买，不会到期，也无需续费。"),
                format!("Delivered by {vendor} on {at}. Bought once: it does not end and needs no renewal."),
            )
        }
        ServiceState::Provisioning { .. } => lang.pick(
            format!("等待{vendor}开通，开通后即可使用。本页会自动更新。"),
            format!("Waiting for {vendor} to open it. This page follows by itself."),
        ),
        ServiceState::Active { since } => {
            let at = date_time(service.opened.unwrap_or(since), lang);
            lang.pick(format!("{vendor}已于 {at} 开通。"), format!("Opened by {vendor} on {at}."))
        }
        ServiceState::Expired { at } => {
            let ended = date_time(at, lang);
            let closes = at.plus_seconds(GRACE_SECONDS).map(|at| date_time(at, lang)).unwrap_or_default();
            let left = days(days_left(at.plus_seconds(GRACE_SECONDS).unwrap_or(at), now), lang);
            lang.pick(
                format!("已于 {ended} 到期，访问已停止。{closes} 关闭，还有 {left}。"),
                format!("Ended on {ended}; access is cut. It closes on {closes}, in {left}."),
            )
        }
        ServiceState::Closed { at } => {
            let at = date_time(at, lang);
            lang.pick(
                format!("已于 {at} 关闭，服务商会释放其资源。需要时请重新购买。"),
                format!("Closed on {at}; the vendor releases what it held. Buy it anew if you need it."),
            )
        }
    }
}

/// It can still be renewed, and while it runs be changed (rules L3, L12).
fn renewable(service: &api::Service, now: Timestamp) -> bool {
    let closed = matches!(service.state, ServiceState::Closed { .. });
    !closed && service.end.is_some_and(|end| now.since(end) <= GRACE_SECONDS)
}

/// What can be done next.
fn steps(model: &Service, service: &api::Service, now: Timestamp, lang: Lang, to: &Sink<Msg>) -> Vec<Element> {
    let buy = |words: &'static str| {
        el("a").class("button is-quiet").attr("href", again(&service.product, &bought(service))).with(words)
    };
    let ended = matches!(service.state, ServiceState::Expired { .. } | ServiceState::Closed { .. });
    let mut tools = Vec::new();
    let mut note = None;
    if let Some(trial) = service.trial {
        let closed = matches!(service.state, ServiceState::Closed { .. });
        match trial.extra {
            ExtraTrial::Offered { days: n } if matches!(service.state, ServiceState::Expired { .. }) => {
                let words = [lang.pick("再试用 ", "Try for another "), &days(n, lang)].concat();
                tools.push(button("button", words, model.extra.waits(), to, || Msg::Extra(draw_key())));
            }
            ExtraTrial::Offered { days: n } if !closed => {
                let n = days(n, lang);
                note = Some(lang.pick(
                    format!("试用到期后，可以再申请一次 {n}的额外试用。"),
                    format!("After the trial has ended you can have {n} more, once."),
                ));
            }
            ExtraTrial::Taken if !closed => {
                note = Some(lang.pick("额外试用已使用。", "The extra trial has been taken.").to_owned());
            }
            _ => {}
        }
        tools.push(buy(if closed { lang.pick("购买", "Buy") } else { lang.pick("转为正式购买", "Buy it") }));
    } else if renewable(service, now) {
        let way = Route::Change(service.id.clone()).path();
        let words = if ended {
            lang.pick("续费", "Renew")
        } else {
            lang.pick("续费、扩容或升级", "Renew, expand or upgrade")
        };
        tools.push(el("a").class("button").attr("href", way).with(words));
        if !ended && service.end.is_some_and(|end| end.since(now) <= 7 * DAY) {
            note = Some(lang.pick(
                "即将到期：到期后访问停止，请及时续费。".to_owned(),
                "It ends soon, and access with it: renew it in time.".to_owned(),
            ));
        }
    } else if ended {
        tools.push(buy(lang.pick("重新购买", "Buy anew")));
    }
    let waiting = lang.pick("正在申请额外试用…", "Asking for the extra trial…");
    let note = note.map(|note| el("p").class("fine").with(note));
    vec![el("div").class("tools now-tools").all(tools), said(&model.extra, waiting, lang), el("div").maybe(note)]
}

/// What to buy to have the same.
fn bought(service: &api::Service) -> SelectionFile {
    let Subscription { edition, quantities, options, segments, .. } = service.subscription.clone();
    let term = segments.last().and_then(|segment| match segment.kind {
        SegmentKind::Paid(_, term) => Some(term),
        SegmentKind::Trial => None,
    });
    SelectionFile { edition, term, quantities, options, count: 1 }
}
