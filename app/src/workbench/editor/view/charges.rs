//! The product's charges, defined once.

use super::fields::{Fields, Input, named};
use crate::element::{Element, el};
use crate::workbench::form::{Act, Field};

pub(super) fn view(fields: &Fields<'_>) -> Element {
    let (bench, lang) = (fields.bench, fields.lang);
    let modules = &bench.form.modules;
    let last = modules.len().saturating_sub(1);
    let rows = (0..modules.len()).map(|index| {
        let module = &modules[index];
        let locked = sold(fields, index);
        let kind = if module.counts { lang.pick("数量", "Quantity") } else { lang.pick("枚举", "Option") };
        let mut who: Vec<&str> = Vec::new();
        for edition in &bench.form.editions {
            if edition.ticked().any(|(_, charge)| charge.id == module.id) {
                who.push(edition.name.trim());
            }
        }
        let who = if who.is_empty() {
            lang.pick("没有版本勾选它", "No edition has it").to_owned()
        } else {
            [lang.pick("用于：", "In: "), &who.join(lang.pick("、", ", "))].concat()
        };
        let up = fields.icon("↑", lang.pick("上移", "Move up").to_owned(), index == 0, move || {
            Act::MoveModule(index, index - 1)
        });
        let down = fields.icon("↓", lang.pick("下移", "Move down").to_owned(), index == last, move || {
            Act::MoveModule(index, index + 1)
        });
        let remove = fields
            .icon("×", lang.pick("删除计费项", "Delete").to_owned(), locked, move || Act::RemoveModule(index));
        let why = locked.then(|| {
            el("p").class("form-quiet").with(lang.pick(
                "已发布版本在用：参数值、类型和单位不能更改，也不能删除。",
                "Published editions have it: its key, kind and unit stay, and it cannot be deleted.",
            ))
        });
        el("li")
            .class("form-module")
            .with(
                el("div")
                    .class("form-row")
                    .with(el("span").class("form-kind").with(kind))
                    .with(define(fields, index))
                    .with(el("span").class("form-icons").with(up).with(down).with(remove)),
            )
            .with(el("p").class("form-quiet").with(who))
            .maybe(why)
    });
    let rows: Vec<Element> = rows.collect();
    let here = bench.edition;
    let quantity =
        fields.button(lang.pick("＋ 数量计费项", "+ Quantity").into(), move || Act::AddModule(true, here));
    let option =
        fields.button(lang.pick("＋ 枚举计费项", "+ Option").into(), move || Act::AddModule(false, here));
    let none = rows.is_empty().then(|| {
        el("p").class("form-quiet").with(lang.pick(
            "还没有计费项。按人数、容量等收费用数量计费项；按型号、区域等收费用枚举计费项。",
            "No charges yet. Charge by people or space with a quantity, by model or region with an option.",
        ))
    });
    el("div")
        .class("form-part")
        .id("f-modules")
        .maybe(none)
        .with(el("ul").class("form-modules").all(rows))
        .with(el("div").class("form-row is-low").with(quantity).with(option))
}

/// Name, key and unit of a charge.
pub(super) fn define(fields: &Fields<'_>, index: usize) -> Element {
    let lang = fields.lang;
    let module = &fields.bench.form.modules[index];
    let locked = sold(fields, index);
    let n = index + 1;
    let input = |part: &str, name: &'static str, typed: &str, class, hint: &'static str, locked, field| {
        let own = lang.pick(format!("计费项 {n} {name}"), format!("Charge {n}: {name}"));
        let at = format!("/modules/{index}/{part}");
        // What is wrong with it is complained about in each edition that has it.
        if let Some(wrong) =
            charge_pointer(fields, index).and_then(|at| fields.wrong(&[&at, "/", part].concat(), typed))
        {
            fields.said_at(&at, wrong.clone());
        }
        let input = fields.input(Input { at: &at, name: own.into(), typed, class, hint: hint.into(), locked }, field);
        named(&at, name, input)
    };
    let name = input(
        "name",
        lang.pick("名称", "Name"),
        &module.name,
        "form-value",
        lang.pick("用户数", "Users"),
        false,
        Field::ModuleName(index),
    );
    let key =
        input("key", lang.pick("参数值", "Key"), &module.key, "form-code", "users", locked, Field::ModuleKey(index));
    let unit = module.counts.then(|| {
        input(
            "unit",
            lang.pick("单位", "Unit"),
            &module.unit,
            "form-number",
            lang.pick("人", "users"),
            locked,
            Field::ModuleUnit(index),
        )
    });
    let said = fields.said();
    el("div").class("form-define").with(el("div").class("form-row").with(name).with(key).maybe(unit)).with(said)
}

/// Where the charge stands in the first edition that has it.
fn charge_pointer(fields: &Fields<'_>, index: usize) -> Option<String> {
    let form = &fields.bench.form;
    let id = form.modules.get(index)?.id;
    form.editions.iter().enumerate().find_map(|(e, edition)| {
        let place = edition.ticked().position(|(_, charge)| charge.id == id)?;
        Some(format!("/editions/{e}/charges/{place}"))
    })
}

/// Whether a published edition has it.
fn sold(fields: &Fields<'_>, index: usize) -> bool {
    let Some(published) = &fields.bench.published else { return false };
    let key = fields.bench.form.modules[index].key.trim();
    published.offer.editions.iter().flat_map(|edition| &edition.charges).any(|charge| charge.key == key)
}
