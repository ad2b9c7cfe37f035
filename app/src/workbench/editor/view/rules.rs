//! How the product is sold, offers for longer terms, the cap; and which edition can be upgraded to which.

use shared::calendar::Term;

use super::fields::{Fields, Input, named};
use crate::element::{Element, el};
use crate::format;
use crate::workbench::editor::Msg;
use crate::workbench::form::{Act, Field};

pub(super) fn view(fields: &Fields<'_>) -> Element {
    let (bench, lang) = (fields.bench, fields.lang);
    let form = &bench.form;
    let published = bench.published.is_some();
    let sale = fields.select(
        "/sale_mode",
        lang.pick("售卖方式", "Way of selling").into(),
        [
            ("subscription".to_owned(), lang.pick("按订购周期", "By term").to_owned()),
            ("one_time".to_owned(), lang.pick("按次（一次性购买）", "Once, for good").to_owned()),
        ],
        if form.one_time { "one_time" } else { "subscription" },
        published,
        |chosen| Msg::Did(Act::OneTime(chosen == "one_time")),
    );
    let sale = named("/sale_mode", lang.pick("售卖方式", "Way of selling"), sale);
    let why = published.then(|| {
        el("p").class("form-quiet").with(lang.pick("发布后不能更改售卖方式。", "It cannot change once published."))
    });
    let days = (!form.one_time).then(|| {
        let select = fields.select(
            "/day_count",
            lang.pick("周期计算", "Terms are counted").into(),
            [
                ("calendar".to_owned(), lang.pick("按自然月、自然年", "By calendar months and years").to_owned()),
                ("fixed".to_owned(), lang.pick("每月 31 天、每年 365 天", "31 days a month, 365 a year").to_owned()),
            ],
            if form.fixed_days { "fixed" } else { "calendar" },
            false,
            |chosen| Msg::Did(Act::FixedDays(chosen == "fixed")),
        );
        named("/day_count", lang.pick("周期计算", "Terms are counted"), select)
    });
    let cap = Input {
        at: "/price_cap",
        name: lang.pick("总价封顶（元）", "Cap, in yuan").into(),
        typed: &form.price_cap,
        class: "form-money",
        hint: lang.pick("不封顶", "none").into(),
        locked: false,
    };
    let cap = fields.input(cap, Field::Cap);
    let cap_said = fields.said();
    let recurring = !form.one_time;
    el("div")
        .class("form-part")
        .with(el("div").class("form-row").with(sale).maybe(days).with(named(
            "/price_cap",
            lang.pick("总价封顶（元）", "Cap (¥)"),
            cap,
        )))
        .with(cap_said)
        .maybe(why)
        .maybe(recurring.then(|| modes(fields)))
        .maybe(recurring.then(|| offers(fields)))
}

fn modes(fields: &Fields<'_>) -> Element {
    let (form, lang) = (&fields.bench.form, fields.lang);
    fields.note("/change_modes", "x");
    let said = fields.said();
    let co_term = fields.tick(
        "f-change_modes".to_owned(),
        lang.pick("补差价，到期日不变", "Pay the difference, the end stays"),
        form.co_term,
        false,
        Act::CoTerm,
    );
    let re_term = fields.tick(
        "f-change_modes-re_term".to_owned(),
        lang.pick("变更付费方案：重新起算，剩余价值抵扣", "Begin anew, what is left is credited"),
        form.re_term,
        false,
        Act::ReTerm,
    );
    el("fieldset")
        .class("form-group")
        .with(el("legend").class("form-label").with(lang.pick("扩容和升级的方式", "Ways to expand and upgrade")))
        .with(co_term)
        .with(re_term)
        .with(said)
}

fn offers(fields: &Fields<'_>) -> Element {
    let (form, lang) = (&fields.bench.form, fields.lang);
    let kind = fields.select(
        "/term_offers/kind",
        lang.pick("优惠类型", "Kind of offer").into(),
        [
            ("discount".to_owned(), lang.pick("价格折扣", "Discount").to_owned()),
            ("gift".to_owned(), lang.pick("赠送时长", "Days on top").to_owned()),
        ],
        if form.gifts { "gift" } else { "discount" },
        false,
        |chosen| Msg::Did(Act::Gifts(chosen == "gift")),
    );
    let (each, hint) = if form.gifts {
        (lang.pick("赠送天数", "Days"), "30")
    } else {
        (lang.pick("折扣（0.7–1）", "Factor (0.7–1)"), "0.85")
    };
    let rows = form.offers.iter().enumerate().map(|(index, offer)| {
        let at = format!("/term_offers/{index}");
        let term_at = [&at, "/min_term"].concat();
        let terms = Term::all().map(|term| (term.as_str().to_owned(), format::term(term, lang)));
        let chosen = offer.min_term.clone();
        let name = lang.pick(format!("第 {} 条优惠：买满", index + 1), format!("Offer {}: from", index + 1));
        let term = fields.select(&term_at, name.into(), terms, &chosen, false, move |chosen| {
            Msg::Typed(Field::OfferTerm(index), chosen)
        });
        let value_at = [at.as_str(), if form.gifts { "/gift_days" } else { "/discount" }].concat();
        let input = Input {
            at: &value_at,
            name: lang.pick(format!("第 {} 条优惠：{each}", index + 1), format!("Offer {}: {each}", index + 1)).into(),
            typed: &offer.value,
            class: "form-number",
            hint: hint.into(),
            locked: false,
        };
        let value = fields.input(input, Field::Offer(index));
        fields.note(&term_at, "x");
        fields.note(&at, "x");
        let remove =
            fields.icon("×", lang.pick("删除优惠", "Delete").to_owned(), false, move || Act::RemoveOffer(index));
        let said = fields.said();
        let row = el("div")
            .class("form-row")
            .with(el("span").class("form-inline").with(lang.pick("买满", "From")).with(term))
            .with(el("span").class("form-inline").with(each).with(value))
            .with(remove);
        el("li").with(row).with(said)
    });
    let rows: Vec<Element> = rows.collect();
    fields.note("/term_offers", "x");
    let said = fields.said();
    let add = fields.button(lang.pick("＋ 添加优惠", "+ Offer").into(), || Act::AddOffer);
    el("fieldset")
        .class("form-group")
        .with(el("legend").class("form-label").with(lang.pick("购买优惠", "Offers for longer terms")))
        .with(kind)
        .with(el("ul").class("form-offers").all(rows))
        .with(said)
        .with(el("div").class("form-row is-low").with(add))
}

/// A table: from each edition (rows) to each (columns).
pub(super) fn upgrades(fields: &Fields<'_>) -> Element {
    let (bench, lang) = (fields.bench, fields.lang);
    let form = &bench.form;
    if form.one_time {
        let words = lang.pick("按次售卖的商品没有升级。", "What is sold once is not upgraded.");
        return el("div").class("form-part").with(el("p").class("form-quiet").with(words));
    }
    let listed = bench.published.is_some();
    let why = (!listed).then(|| {
        el("p").class("notice").with(lang.pick(
            "商品上架后才能设置升级规则：请先发布，再回来添加。每个版本自身的扩容不需要规则。",
            "Upgrade rules can be set once the product is listed: publish first, then come back. Expanding within an edition needs no rule.",
        ))
    });
    fields.note("/upgrades", "x");
    let said = fields.said();
    let name = |index: usize| match form.editions[index].name.trim() {
        "" => lang.pick("未命名", "No name").to_owned(),
        name => name.to_owned(),
    };
    let heads = (0..form.editions.len()).map(|to| el("th").attr("scope", "col").with(name(to)));
    let rows = form.editions.iter().enumerate().map(|(i, from)| {
        let cells =
            form.editions.iter().enumerate().map(|(j, to)| {
                if i == j {
                    return el("td").with(el("span").class("form-quiet").with("—"));
                }
                let (a, b) = (from.id, to.id);
                let ticked = form.upgrades.contains(&(a, b));
                let words = el("span").class("sr").with(lang.pick(
                    format!("{} 可升级到 {}", name(i), name(j)),
                    format!("{} can be upgraded to {}", name(i), name(j)),
                ));
                el("td").with(fields.tick(format!("upgrade-{i}-{j}"), words, ticked, !listed && !ticked, move |on| {
                    Act::Upgrade(a, b, on)
                }))
            });
        el("tr").with(el("th").attr("scope", "row").with(name(i))).all(cells)
    });
    let corner = el("td").with(el("span").class("form-quiet").with(lang.pick("从 ＼ 到", "from \\ to")));
    let table = el("table")
        .class("form-matrix")
        .attr("aria-label", lang.pick("升级规则", "Upgrade rules"))
        .with(el("thead").with(el("tr").with(corner).all(heads)))
        .with(el("tbody").all(rows));
    el("div").class("form-part").id("f-upgrades").maybe(why).with(el("div").class("form-scroll").with(table)).with(said)
}
