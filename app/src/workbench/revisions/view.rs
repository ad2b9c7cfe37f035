//! The page.

use shared::api::Revision;

use super::{Compared, Msg, Revisions};
use crate::element::{Element, Sink, el};
use crate::format::date_time;
use crate::i18n::Lang;
use crate::page::parts::{button, empty, link, loaded, titled};
use crate::page::{Context, Loaded, Shown};
use crate::workbench::route::Route;

impl Shown for Revisions {
    fn view(&self, context: &Context, to: &Sink<Msg>) -> Element {
        view(self, context.lang, to)
    }

    fn title(&self, lang: Lang) -> String {
        titled(lang.pick("版本历史", "History"))
    }
}

fn view(model: &Revisions, lang: Lang, to: &Sink<Msg>) -> Element {
    loaded(&model.found, lang, |revisions| {
        let products = el("a").attr("href", Route::Products.path()).with(lang.pick("商品", "Products"));
        let editor = el("a").attr("href", Route::Editor(model.slug.clone()).path()).with(model.slug.clone());
        let crumb = el("p").class("crumb").with(products).with(" / ").with(editor);
        let page = el("div").class("table-page").with(crumb).with(el("h1").with(lang.pick("版本历史", "History")));
        if revisions.is_empty() {
            let sentence = lang.pick(
                "还没有发布过。每次发布都会在这里留下一版：谁、何时、改了什么。",
                "Nothing published yet. Each time leaves a revision here: who, when, and what changed.",
            );
            return page.with(empty(sentence, None));
        }
        let rows = revisions.iter().map(|revision| one(model, revision, lang, to));
        let more = model.next.is_some().then(|| {
            button(
                "button is-quiet list-more",
                lang.pick("更早的版本", "Older revisions"),
                model.adding,
                to,
                || Msg::More,
            )
        });
        page.with(el("ol").class("revisions").all(rows)).with(el("div").maybe(more))
    })
}

fn one(model: &Revisions, revision: &Revision, lang: Lang, to: &Sink<Msg>) -> Element {
    let number = revision.revision;
    let open = model.open.as_ref().filter(|open| open.revision == number);
    let newest = model.found.here().and_then(|found| found.first()).is_some_and(|first| first.revision == number);
    let title = lang.pick(format!("第 {number} 版"), format!("Revision {number}"));
    let by = revision.by.as_deref().unwrap_or(lang.pick("随市场建立", "made with the market"));
    let facts = [date_time(revision.at, lang), by.to_owned()].join(" · ");
    let note = (!revision.note.is_empty()).then(|| el("p").with(revision.note.clone()));
    let words = if open.is_some() { lang.pick("收起", "Close") } else { lang.pick("改了什么", "What changed") };
    let toggle = button("link", words, false, to, move || Msg::Open(number)).state("aria-expanded", open.is_some());
    let path = [&Route::Editor(model.slug.clone()).path(), "?revision=", &number.to_string()].concat();
    let back = (!newest).then(|| link(path, lang.pick("以此为草稿", "Begin from it")));
    let mark = newest.then(|| el("span").class("state is-good").with(lang.pick("售卖中", "For sale")));
    el("li")
        .class("revision")
        .with(el("div").class("revision-head").with(el("h2").with(title)).maybe(mark))
        .with(el("p").class("form-quiet").with(facts))
        .maybe(note)
        .with(el("p").class("revision-ways").with(toggle).with(" ").maybe(back))
        .with(el("div").attr("role", "status").maybe(open.map(|open| changes(open, lang))))
}

fn changes(open: &Compared, lang: Lang) -> Element {
    match &open.changes {
        Loaded::Waiting => el("p").class("form-quiet").with(lang.pick("正在比较…", "Comparing…")),
        Loaded::Failed(failure) => el("p").class("notice is-wrong").with(failure.sentence(lang)),
        Loaded::Here(_) if open.revision == 1 => {
            el("p").class("form-quiet").with(lang.pick("这是第一版。", "This is the first one."))
        }
        Loaded::Here(changes) if changes.is_empty() => el("p").class("form-quiet").with(lang.pick(
            "售卖内容没有变化，只有用例或说明不同。",
            "What is sold is the same; only cases or the note differ.",
        )),
        Loaded::Here(changes) => {
            let sentences = changes.iter().map(|change| {
                let edition = change.edition.as_ref().map(|edition| el("strong").with([&edition.name, " "].concat()));
                el("li").maybe(edition).with(lang.pick(&change.zh, &change.en).clone())
            });
            el("ul").class("revision-changes").all(sentences)
        }
    }
}
