//! Golden cases: what selections must cost.

use serde_json::{Map, Value};
use shared::calendar::Term;

use super::fields::{Fields, Input};
use crate::element::{Element, el};
use crate::format;
use crate::i18n::Lang;
use crate::workbench::editor::{Msg, Side};
use crate::workbench::form::{Act, Field};

pub(super) fn view(fields: &Fields<'_>) -> Element {
    let (bench, lang) = (fields.bench, fields.lang);
    let intro = el("p").class("form-quiet").with(lang.pick(
        "把“这样选应该卖多少钱”记下来：每次修改都会重新核对，有一条不符就不能发布。导出的文件也带着它们，可用 quotient check 在您自己的流水线里核对。",
        "Write down what a selection must cost: every edit checks it again, and nothing is published while one is wrong. The exported file has them too, for quotient check in your own pipeline.",
    ));
    let rows = bench.form.cases.iter().enumerate().map(|(index, golden)| {
        let case = &golden.case;
        let (name_at, total_at) = (format!("/cases/{index}/name"), format!("/cases/{index}/total"));
        let name = Input {
            at: &name_at,
            name: lang.pick(format!("用例 {} 名称", index + 1), format!("Case {}: name", index + 1)).into(),
            typed: &case.name,
            class: "form-value",
            hint: lang.pick("例如：10 人一年", "For example: 10 users, a year").into(),
            locked: false,
        };
        let name = fields.input(name, Field::CaseName(index));
        let total = case.expect.get("total").and_then(Value::as_str);
        let total = match total {
            Some(total) => {
                let input = Input {
                    at: &total_at,
                    name: lang
                        .pick(format!("用例 {} 应为（元）", index + 1), format!("Case {}: must cost", index + 1))
                        .into(),
                    typed: total,
                    class: "form-money",
                    hint: "0.00".into(),
                    locked: false,
                };
                fields.input(input, Field::CaseTotal(index))
            }
            None => el("code").with(Value::Object(case.expect.clone()).to_string()),
        };
        let differences = bench.checked.cases.get(index).map(Vec::as_slice).unwrap_or_default();
        let (class, state) = if bench.checked.offer.is_none() {
            ("state", lang.pick("待核对", "Not checked"))
        } else if differences.is_empty() {
            ("state is-good", lang.pick("相符", "As expected"))
        } else {
            ("state is-bad", lang.pick("不符", "Different"))
        };
        let wrong = differences.iter().map(|difference| {
            let (zh, en) = difference.sentences();
            el("p").class("wrong").with(lang.pick(zh, en))
        });
        let remove =
            fields.icon("×", lang.pick("删除用例", "Delete").to_owned(), false, move || Act::RemoveCase(index));
        el("li")
            .class("form-case")
            .with(
                el("div")
                    .class("form-row")
                    .with(name)
                    .with(total)
                    .with(el("span").class(class).with(state))
                    .with(remove),
            )
            .with(el("p").class("form-quiet").with(asked(&case.request, lang)))
            .all(wrong)
    });
    let rows: Vec<Element> = rows.collect();
    let none = rows.is_empty();
    let way = el("button")
        .class("form-add")
        .attr("type", "button")
        .sends("click", fields.to, || Msg::Side(Side::Preview))
        .with(lang.pick(
            "在预览里选好，再点“把这个价格记为用例”",
            "Choose in the preview, then “Keep this price as a golden case”",
        ));
    el("div")
        .class("form-part")
        .with(intro)
        .maybe(none.then(|| el("p").class("form-quiet").with(lang.pick("还没有用例。", "No cases yet."))))
        .with(el("ul").class("form-cases").id("f-cases").all(rows))
        .with(el("div").class("form-row is-low").with(way))
}

/// What a case asks, in words: `新购 · standard · 1 年 · yonghushu 10`.
fn asked(request: &Map<String, Value>, lang: Lang) -> String {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let op = request.get("op").and_then(Value::as_str).unwrap_or_default();
    let mut parts = vec![
        match op {
            "purchase" => lang.pick("新购", "Purchase"),
            "renew" => lang.pick("续费", "Renewal"),
            "change" => lang.pick("变更", "Change"),
            "credit" => lang.pick("剩余价值", "Credit"),
            other => other,
        }
        .to_owned(),
    ];
    let selection = request.get("selection").and_then(Value::as_object);
    if let Some(selection) = selection {
        parts.extend(selection.get("edition").map(text));
        let term = selection.get("term").and_then(Value::as_str);
        parts.extend(
            term.map(|term| term.parse::<Term>().map_or_else(|_| term.to_owned(), |term| format::term(term, lang))),
        );
        for of in ["quantities", "options"] {
            let picks = selection.get(of).and_then(Value::as_object).into_iter().flatten();
            parts.extend(picks.map(|(key, value)| [key, " ", &text(value)].concat()));
        }
        let count = selection.get("count").and_then(Value::as_u64).filter(|count| *count > 1);
        parts.extend(count.map(|count| format!("× {count}")));
    }
    parts.join(" · ")
}
