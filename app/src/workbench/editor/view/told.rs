//! What happened to the form without the person's doing, and a file that could not be read.

use serde_json::Value;

use crate::element::{Element, Sink, el};
use crate::format::date_time;
use crate::i18n::Lang;
use crate::page::parts::button;
use crate::workbench::editor::{Bench, Msg, Told};
use crate::workbench::form::{Conflict, Form, Step};

/// How many complaints about a file are shown at first.
const MOST: usize = 200;

pub(super) fn view(bench: &Bench, lang: Lang, to: &Sink<Msg>) -> Element {
    let told = bench.told.as_ref().map(|told| {
        let words = match told {
            Told::Recalled => {
                lang.pick("已恢复您上次没有保存的修改。", "What you had not saved is here again.").to_owned()
            }
            Told::Merged(mark) => {
                let at = date_time(mark.at, lang);
                lang.pick(
                    format!("{} 在 {at} 保存过草稿，已和您的修改合在一起。请看过后再保存。", mark.by),
                    format!("{} saved the draft on {at}; both are put together. Have a look, then save.", mark.by),
                )
            }
            Told::Republished(revision) => {
                let by = revision.by.clone().unwrap_or_else(|| lang.pick("有人", "Somebody").to_owned());
                lang.pick(
                    format!("{by} 发布了第 {} 版，已和您的修改合在一起。请看过后再保存或发布。", revision.revision),
                    format!(
                        "{by} published revision {}; both are put together. Have a look before you save or publish.",
                        revision.revision
                    ),
                )
            }
            Told::Old(revision) => lang.pick(
                format!("这是第 {revision} 版的内容。发布后会成为新的一版，历史不会改变。"),
                format!("This is what revision {revision} was. Published, it becomes a new one; the history stays."),
            ),
            Told::NotOld => lang
                .pick(
                    "没有取到那一版，表单没有变化。刷新页面可再试一次。",
                    "That revision could not be had; the form is as it was. Reload the page to try again.",
                )
                .to_owned(),
        };
        let discard = matches!(told, Told::Recalled | Told::Old(_))
            .then(|| button("link", lang.pick("放弃这些修改", "Discard them"), false, to, || Msg::Discard));
        let understood = button("link", lang.pick("知道了", "Got it"), false, to, || Msg::Understood);
        el("p").class("notice").with(words).with(" ").with(understood).with(" ").maybe(discard)
    });
    let conflicts = bench.conflicts.iter().enumerate().map(|(index, conflict)| {
        let (mine, theirs) = (plain(&conflict.mine, lang), plain(&conflict.theirs, lang));
        let place = place(&bench.form, conflict, lang);
        let words = lang.pick(
            format!("{place}：您写的是“{mine}”，对方写的是“{theirs}”。"),
            format!("{place}: you wrote “{mine}”, they wrote “{theirs}”."),
        );
        let keep = button("link", lang.pick("用我的", "Keep mine"), false, to, move || Msg::KeepMine(index));
        let take = button("link", lang.pick("用对方的", "Take theirs"), false, to, move || Msg::TakeTheirs(index));
        el("li").with(words).with(" ").with(keep).with(" ").with(take)
    });
    let conflicts: Vec<Element> = conflicts.collect();
    let conflicts = (!conflicts.is_empty()).then(|| {
        let title = lang.pick("两人都改了同一处，请选择：", "Both changed the same; choose:");
        el("div").class("notice is-wrong").with(el("p").with(title)).with(el("ul").all(conflicts))
    });
    el("div").class("told").attr("role", "status").maybe(told).maybe(conflicts).maybe(file(bench, lang, to))
}

/// Why a file was not imported: everything, place by place.
fn file(bench: &Bench, lang: Lang, to: &Sink<Msg>) -> Option<Element> {
    let wrong = &bench.refused_file;
    if wrong.is_empty() {
        return None;
    }
    let count = wrong.len();
    let title = lang.pick(
        format!("文件没有导入：有 {count} 处需要改正。表单没有变化。"),
        format!("The file was not imported: {count} to be corrected. The form is as it was."),
    );
    let item = |violation: &shared::violation::Violation| {
        let at = if violation.at.is_empty() { "/".to_owned() } else { violation.at.clone() };
        el("li").with(el("code").with(at)).with(" ").with(lang.pick(&violation.zh, &violation.en).clone())
    };
    let first = wrong.iter().take(MOST).map(item);
    let rest = (count > MOST).then(|| {
        let more = count - MOST;
        let summary = lang.pick(format!("其余 {more} 处"), format!("{more} more"));
        // As one text: ten thousand elements would take seconds.
        let lines: Vec<String> = wrong[MOST..]
            .iter()
            .map(|violation| [&violation.at, "  ", lang.pick(&violation.zh, &violation.en)].concat())
            .collect();
        el("details").with(el("summary").with(summary)).with(el("pre").with(lines.join("\n")))
    });
    let close = button("link", lang.pick("知道了", "Got it"), false, to, || Msg::Understood);
    Some(
        el("div")
            .class("notice is-wrong told-file")
            .with(el("p").with(title).with(" ").with(close))
            .with(el("ul").all(first))
            .maybe(rest),
    )
}

fn plain(value: &Value, lang: Lang) -> String {
    match value {
        Value::String(text) if text.is_empty() => lang.pick("（空）", "(empty)").to_owned(),
        Value::String(text) => text.clone(),
        Value::Bool(true) => lang.pick("是", "yes").to_owned(),
        Value::Bool(false) => lang.pick("否", "no").to_owned(),
        other => other.to_string(),
    }
}

/// `标准版 · 用户数 · 新购 元/年`.
fn place(form: &Form, conflict: &Conflict, lang: Lang) -> String {
    let mut words: Vec<String> = Vec::new();
    for step in &conflict.path {
        match step {
            Step::Row(id) => {
                let edition = form.editions.iter().find(|edition| edition.id == *id).map(|edition| &edition.name);
                let module = form.module(*id).map(|module| &module.name);
                let charges = || form.editions.iter().flat_map(|edition| &edition.charges);
                let value = || charges().flat_map(|charge| &charge.values).find(|v| v.id == *id).map(|v| &v.value);
                let tier = || charges().flat_map(|charge| &charge.tiers).find(|tier| tier.id == *id).map(|t| &t.from);
                words.extend(edition.or(module).or_else(value).or_else(tier).cloned());
            }
            Step::Key(key) => words.extend(key_in_words(key, lang).map(str::to_owned)),
        }
    }
    words.retain(|word| !word.is_empty());
    words.join(" · ")
}

fn key_in_words(key: &str, lang: Lang) -> Option<&'static str> {
    Some(match key {
        "name" => lang.pick("名称", "name"),
        "code" => "Code",
        "key" => lang.pick("参数值", "key"),
        "unit" => lang.pick("单位", "unit"),
        "hidden" => lang.pick("隐藏", "hidden"),
        "new_month" => lang.pick("新购 元/月", "new ¥/month"),
        "new_year" => lang.pick("新购 元/年", "new ¥/year"),
        "renew_month" => lang.pick("续费 元/月", "renewal ¥/month"),
        "renew_year" => lang.pick("续费 元/年", "renewal ¥/year"),
        "once" => lang.pick("价格", "price"),
        "renew_same" => lang.pick("续费价与新购价相同", "renewals cost the same"),
        "trial_days" => lang.pick("试用天数", "days of trial"),
        "extra_trial_days" => lang.pick("额外试用天数", "further days of trial"),
        "max" => lang.pick("最多", "at most"),
        "from" => lang.pick("起始数量", "from"),
        "flat" => lang.pick("整档一口价", "flat"),
        "graduated" => lang.pick("分段计价", "tiers by themselves"),
        "on" => lang.pick("勾选", "ticked"),
        "value" | "min_term" => lang.pick("内容", "value"),
        "price_cap" => lang.pick("总价封顶", "cap"),
        "one_time" => lang.pick("按次售卖", "sold once"),
        "fixed_days" => lang.pick("固定天数", "fixed days"),
        "co_term" => lang.pick("补差价", "pay the difference"),
        "re_term" => lang.pick("变更付费方案", "begin anew"),
        "gifts" => lang.pick("赠送时长", "days on top"),
        "case" => lang.pick("用例", "golden case"),
        _ => return None,
    })
}
