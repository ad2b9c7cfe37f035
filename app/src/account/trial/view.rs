//! The page.

use shared::api::Role;
use shared::catalog::{Charge, ChargeKind, OptionValue, Quantity};

use super::model::{Msg, Picked, Trial};
use crate::account::route::Route;
use crate::element::{Element, Sink, el};
use crate::i18n::Lang;
use crate::page::address::sign_in;
use crate::page::parts::{button, draw_key, empty, fact, link, loaded, said, titled};
use crate::page::{Context, Shown};
use crate::storefront::product::compare::days;
use crate::storefront::product::draft::DraftPick;
use crate::widgets::radios::{Choice, Radios, radios};

impl Shown for Trial {
    fn view(&self, context: &Context, to: &Sink<Msg>) -> Element {
        view(self, context, to)
    }

    fn title(&self, lang: Lang) -> String {
        titled(lang.pick("免费试用", "Free trial"))
    }
}

fn view(model: &Trial, context: &Context, to: &Sink<Msg>) -> Element {
    loaded(&model.product, context.lang, |picked| page(model, picked, context, to))
}

fn page(model: &Trial, picked: &Picked, context: &Context, to: &Sink<Msg>) -> Element {
    let lang = context.lang;
    let published = &picked.published;
    let product = || ["/p/", &published.slug].concat();
    let crumb = el("p").class("crumb").with(link(product(), published.text.name.clone()));
    let title = el("h1").with(lang.pick("免费试用", "Free trial"));
    let head = el("header").with(crumb).with(title);
    let page = el("div").class("trial-page").with(head);
    if picked.editions.is_empty() {
        let sentence = lang.pick("这个应用不提供试用，可以直接购买。", "This app has no trial. You can buy it.");
        return page.with(empty(sentence, Some(link(product(), lang.pick("查看应用", "See the app")))));
    }
    let edition = &published.offer.editions[picked.draft.edition];
    let options = edition.charges.iter().enumerate().filter_map(|(index, charge)| match &charge.kind {
        ChargeKind::Option(values) => Some(option(picked, index, charge, values, to)),
        ChargeKind::Quantity(_) => None,
    });
    let form = el("div").class("checkout-side").with(editions(picked, lang, to)).all(options);
    page.with(el("div").class("checkout").with(form).with(card(model, picked, context, to)))
}

fn editions(picked: &Picked, lang: Lang, to: &Sink<Msg>) -> Element {
    let choices = picked.editions.iter().map(|index| {
        let edition = &picked.published.offer.editions[*index];
        let length = edition.trial.map(|trial| days(trial.days, lang)).unwrap_or_default();
        let more = vec![lang.pick(format!("试用 {length}"), format!("{length} of trial")).into()];
        Choice { value: edition.code.clone(), label: edition.name.clone(), more }
    });
    let group = Radios {
        id: "edition".to_owned(),
        label: lang.pick("套餐版本", "Edition").to_owned(),
        name: "edition".to_owned(),
        class: "choices",
        choices: choices.collect(),
        chosen: picked.editions.iter().position(|index| *index == picked.draft.edition).unwrap_or(0),
        note: None,
    };
    radios(group, to, Msg::Edition)
}

fn option(picked: &Picked, index: usize, charge: &Charge, values: &[OptionValue], to: &Sink<Msg>) -> Element {
    let choice =
        |value: &OptionValue| Choice { value: value.value.clone(), label: value.value.clone(), more: Vec::new() };
    let chosen = match picked.draft.picks.get(index) {
        Some(DraftPick::Value(value)) => *value,
        _ => 0,
    };
    let group = Radios {
        id: format!("charge-{index}"),
        label: charge.name.clone(),
        name: charge.key.clone(),
        class: "choices",
        choices: values.iter().map(choice).collect(),
        chosen,
        note: None,
    };
    radios(group, to, move |value| Msg::Value(index, value))
}

fn card(model: &Trial, picked: &Picked, context: &Context, to: &Sink<Msg>) -> Element {
    let lang = context.lang;
    let edition = &picked.published.offer.editions[picked.draft.edition];
    let length = edition.trial.map(|trial| days(trial.days, lang)).unwrap_or_default();
    let least =
        |charge: &Charge, limits: &Quantity| fact(charge.name.clone(), format!("{} {}", limits.minimum(), limits.unit));
    let quantities = edition.charges.iter().filter_map(|charge| match &charge.kind {
        ChargeKind::Quantity(limits) => Some(least(charge, limits)),
        ChargeKind::Option(_) => None,
    });
    let extra = edition
        .trial
        .and_then(|trial| trial.extra_days)
        .map(|n| fact(lang.pick("到期后可延长一次", "Can be extended once by"), days(n, lang)));
    let rules = [
        lang.pick("每个企业对同一应用只能试用一次。", "An enterprise tries an app once."),
        lang.pick(
            "试用期从服务商开通时起算；到期自动停止，不扣费。",
            "Its days run from the vendor's opening on. It ends by itself and costs nothing.",
        ),
        lang.pick("期间购买，会把同一个服务转为正式服务。", "Buying meanwhile turns the same service into a paid one."),
    ];
    let rules = rules.map(|rule| el("li").with(rule));
    let card = el("aside")
        .class("order-card")
        .attr("aria-label", lang.pick("试用内容", "What the trial is"))
        .with(el("h2").with(picked.published.text.name.clone()))
        .with(el("p").class("fine").with([&edition.name, " · ", &picked.published.text.vendor].concat()))
        .with(el("dl").class("facts").all(quantities).maybe(extra))
        .with(
            el("p")
                .class("big-total")
                .with(el("span").with(lang.pick("试用时长", "Length")))
                .with(el("span").class("big").with(length)),
        )
        .with(el("ul").class("rules").all(rules));
    if context.role() != Some(Role::BuyerAdmin) {
        let sentence = lang.pick("只有企业管理员可以申请试用。", "Only an enterprise's administrator begins a trial.");
        let other = link(
            sign_in(&Route::Trial(picked.published.slug.clone()).path()),
            lang.pick("换账号登录", "Sign in as another"),
        );
        return card.with(el("p").class("notice").with(sentence)).with(el("p").class("card-way").with(other));
    }
    let begin = button("button wide", lang.pick("开始试用", "Begin the trial"), model.submit.waits(), to, || {
        Msg::Begin(draw_key())
    });
    let waiting = lang.pick("正在申请试用…", "Asking for the trial…");
    card.with(begin).with(said(&model.submit, waiting, lang))
}
