//! The changes in sentences, by edition.

use shared::differences::Change;

use super::model::Msg;
use crate::element::{Element, Sink, el};
use crate::i18n::Lang;

/// So many changes of an edition are named.
const MOST: usize = 40;

pub(super) fn sentences(changes: &[Change], lang: Lang, to: &Sink<Msg>) -> Element {
    let part = el("section").class("changes-part");
    let part = part.with(el("h3").with(lang.pick("改动", "Changes")));
    if changes.is_empty() {
        return part.with(
            el("p").class("fine").with(lang.pick("草稿与已发布的配置相同。", "The draft is what is published.")),
        );
    }
    let groups = changes.chunk_by(|a, b| a.edition == b.edition).map(|group| {
        let name = match group.first().and_then(|change| change.edition.as_ref()) {
            Some(edition) => edition.name.clone(),
            None => lang.pick("整个商品", "The product").to_owned(),
        };
        let items = group.iter().take(MOST).map(|change| {
            let pointer = change.at.clone();
            let words = lang.pick(&change.zh, &change.en).clone();
            let jump = el("button")
                .class("link changes-jump")
                .attr("type", "button")
                .attr("aria-label", lang.pick(format!("去看：{words}"), format!("Go there: {words}")))
                .sends("click", to, move || Msg::Jump(pointer.clone()))
                .with(lang.pick("去看", "Go there"));
            el("li").with(el("span").with(words)).with(jump)
        });
        let more = group.len().saturating_sub(MOST);
        let more = (more > 0)
            .then(|| el("li").class("fine").with(lang.pick(format!("另有 {more} 处改动。"), format!("{more} more."))));
        el("div").class("changes-group").with(el("h4").with(name)).with(el("ul").all(items).maybe(more))
    });
    part.all(groups)
}
