//! The last look before a configuration takes effect.

use super::fields::Fields;
use crate::element::{Element, el};
use crate::format::date_time;
use crate::page::parts::{draw_key, link, said};
use crate::page::written::{Field as Text, written};
use crate::workbench::editor::publish::{MOST_NOTE, NotYet};
use crate::workbench::editor::{Msg, Part, Side};

pub(super) fn view(fields: &Fields<'_>) -> Element {
    let (bench, lang) = (fields.bench, fields.lang);
    let listed = bench.published.is_some();
    let state = match &bench.published {
        Some(published) => {
            let revision = &published.revision;
            let at = date_time(revision.at, lang);
            let by = revision.by.as_deref().map(|by| [" · ", by].concat()).unwrap_or_default();
            lang.pick(format!("现在售卖的是第 {} 版（{at}{by}）。发布后立即生效：新报价按新价格，已有订单不变。", revision.revision), format!("Revision {} is for sale now ({at}{by}). A new one takes effect at once: new quotations have its prices, placed orders keep theirs.", revision.revision))
        }
        None => lang
            .pick(
                "这个商品还没有上架。发布后即在商店上架售卖。",
                "This product was never listed. Once published it is in the store and for sale.",
            )
            .to_owned(),
    };
    let not_yet = bench.publishable().err().map(|why| {
        let (words, way) = match why {
            NotYet::Wrong(n) => (
                lang.pick(
                    format!("还有 {n} 处需要改正，改正后才能发布。"),
                    format!("{n} to be corrected before it can be published."),
                ),
                Some((lang.pick("查看全部", "See all"), Msg::Side as fn(Side) -> Msg, Side::Findings)),
            ),
            NotYet::Cases(n) => (
                lang.pick(
                    format!("有 {n} 条用例的价格不符，核对后才能发布。"),
                    format!("{n} golden cases cost something else."),
                ),
                None,
            ),
            NotYet::Same => (
                lang.pick(
                    "与现在售卖的完全相同，没有可发布的修改。",
                    "It is what is for sale now: nothing to publish.",
                )
                .to_owned(),
                None,
            ),
        };
        let to_side = way.map(|(words, message, side)| {
            el("button")
                .class("link")
                .attr("type", "button")
                .sends("click", fields.to, move || message(side))
                .with(words)
        });
        let to_cases = matches!(why, NotYet::Cases(_)).then(|| {
            el("button")
                .class("link")
                .attr("type", "button")
                .sends("click", fields.to, || Msg::Part(Part::Cases))
                .with(lang.pick("查看用例", "See the cases"))
        });
        el("p").class("notice").with(words).with(" ").maybe(to_side).maybe(to_cases)
    });
    let done = bench.publishing.done.as_ref().map(|revision| {
        let words = lang.pick(
            format!("已发布第 {} 版，商店里已经是新价格。", revision.revision),
            format!("Revision {} is published: the store has the new prices.", revision.revision),
        );
        let way = link(["/p/", &bench.slug].concat(), lang.pick("在商店查看", "See it in the store"));
        el("p").class("notice is-done").with(words).with(" ").with(way)
    });
    let locked = bench.publishable().is_err();
    let field = Text {
        id: "note",
        name: lang.pick("修改说明（可不填）", "What changed (optional)"),
        note: lang.pick("写在版本历史里，只有贵公司看得到。", "Kept in the history, for your company only."),
        mend: "",
        most: MOST_NOTE,
        lines: 1,
    };
    let submit = fields.to.clone();
    let button = el("button")
        .class("button")
        .attr("type", "submit")
        .id("publish")
        .flag("disabled", locked)
        .state("aria-busy", bench.publishing.note.submit.waits())
        .with(if listed {
            lang.pick("发布新版本", "Publish")
        } else {
            lang.pick("发布并上架", "Publish and list")
        });
    let history = link(["/console/products/", &bench.slug, "/revisions"].concat(), lang.pick("版本历史", "History"));
    el("form")
        .class("form-part")
        .attr("novalidate", "")
        .on("submit", move |event| {
            event.prevent_default();
            submit.send(Msg::Publish(draw_key()));
        })
        .with(el("p").with(state))
        .maybe(not_yet)
        .with(written(&bench.publishing.note, field, fields.to, Msg::Note))
        .with(el("div").class("tools").with(button).with(history))
        .with(said(&bench.publishing.note.submit, lang.pick("正在发布…", "Publishing…"), lang))
        .with(el("div").attr("role", "status").maybe(done))
}
