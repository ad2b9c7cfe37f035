//! The part's content.

use super::figure::figure;
use super::impact::impact;
use super::model::{Changes, Msg};
use super::sentences::sentences;
use super::table::table;
use crate::element::{Element, Sink, el};
use crate::i18n::Lang;

impl Changes {
    /// Shows it. Every id begins with `changes-`.
    pub fn view(&self, lang: Lang, to: &Sink<Msg>) -> Element {
        let all = el("div").class("changes");
        let (Some((published, draft)), Some(compared)) = (self.both(), self.compared()) else {
            let sentence = lang.pick(
                "还没有发布过的配置可以比较。首次发布后，这里会列出草稿与已发布配置的差别。",
                "Nothing is published yet. From then on, this shows how the draft differs from what is published.",
            );
            return all.with(el("p").class("fine").with(sentence));
        };
        all.with(sentences(&compared.changes, lang, to))
            .with(table(&compared.typical, published, draft, lang))
            .maybe(figure(self, lang, to))
            .with(impact(self, lang, to))
    }
}
