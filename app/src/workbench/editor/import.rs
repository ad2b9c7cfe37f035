//! A file that somebody brings along: a configuration with or without cases.

use std::collections::HashMap;
use std::sync::Arc;

use shared::catalog::Offer;
use shared::golden::{Case, File};
use shared::violation::Violation;

use crate::workbench::form::{Form, Id};

/// What a file has, or everything that is wrong with it, at pointers into the file.
pub(super) fn read(bytes: Vec<u8>) -> Result<(Offer, Vec<Case>), Vec<Violation>> {
    let text = String::from_utf8(bytes).map_err(|error| vec![not_utf8(error.utf8_error().valid_up_to())])?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    match serde_json::from_str::<File>(text) {
        Ok(file) => {
            let below = |violation: Violation| Violation { at: ["/config", &violation.at].concat(), ..violation };
            let offer = Offer::parse(file.config.get())
                .map_err(|violations| violations.into_iter().map(below).collect::<Vec<_>>())?;
            Ok((offer, file.cases))
        }
        Err(error) => match Offer::parse(text) {
            Ok(offer) => Ok((offer, Vec::new())),
            // It has both, but not as they should be: the configuration's own complaints would be about something else.
            Err(_) if has_config(text) => Err(vec![malformed(&error)]),
            Err(violations) => Err(violations),
        },
    }
}

fn has_config(text: &str) -> bool {
    serde_json::from_str::<serde_json::Value>(text).is_ok_and(|file| file.get("config").is_some())
}

fn not_utf8(at: usize) -> Violation {
    Violation {
        code: "malformed".to_owned(),
        at: String::new(),
        zh: format!("文件不是 UTF-8 编码（第 {} 个字节起无法识别）。请另存为 UTF-8 后再导入。", at + 1),
        en: format!("The file is not UTF-8 (from byte {} on). Save it as UTF-8, then import it.", at + 1),
    }
}

fn malformed(error: &serde_json::Error) -> Violation {
    let (line, column) = (error.line(), error.column());
    Violation {
        code: "malformed".to_owned(),
        at: String::new(),
        zh: format!(
            "第 {line} 行第 {column} 列的格式不对：文件应为 {{\"config\": …, \"cases\": […]}}，每个用例有 name、request 和 expect。"
        ),
        en: format!(
            "Line {line}, column {column} is not as it should be: the file is {{\"config\": …, \"cases\": […]}}, and each case has name, request and expect."
        ),
    }
}

/// `form` with everything from `brought`. Editions and charges that are in both, by code and key, stay the same, so that the
/// work of somebody else on them still finds its place.
pub(super) fn replaced(form: &Form, brought: Form) -> Form {
    let mut ids: HashMap<Id, Id> = HashMap::new();
    for module in &brought.modules {
        if let Some(known) = form.modules.iter().find(|known| known.key == module.key && known.counts == module.counts)
        {
            ids.insert(module.id, known.id);
        }
    }
    for edition in &brought.editions {
        if let Some(known) = form.editions.iter().find(|known| known.code == edition.code) {
            ids.insert(edition.id, known.id);
        }
    }
    let above = form.next;
    let id = |id: &mut Id| *id = ids.get(id).copied().unwrap_or(*id + above);
    let mut brought = brought;
    brought.next += above;
    brought.modules.iter_mut().for_each(|module| id(&mut module.id));
    brought.offers.iter_mut().for_each(|offer| id(&mut offer.id));
    brought.cases.iter_mut().for_each(|case| id(&mut case.id));
    for (from, to) in &mut brought.upgrades {
        id(from);
        id(to);
    }
    for edition in &mut brought.editions {
        let edition = Arc::make_mut(edition);
        id(&mut edition.id);
        for charge in &mut edition.charges {
            id(&mut charge.id);
            charge.tiers.iter_mut().for_each(|tier| id(&mut tier.id));
            charge.values.iter_mut().for_each(|value| id(&mut value.id));
        }
    }
    brought
}
