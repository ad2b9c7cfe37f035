//! Editions: which there are, and what of each is different. They are known by their codes (rule S4).

use super::Changes;
use super::align::align;
use super::charges;
use super::prices;
use super::words::{both, days, list, nothing, place, same};
use crate::catalog::{Edition, Trial};

pub(super) fn compare(before: &[Edition], after: &[Edition], changes: &mut Changes) {
    let aligned = align(before, after, |edition| edition.code.as_str());
    for (index, edition) in after.iter().enumerate() {
        let at = format!("/editions/{index}");
        changes.about(Some(edition));
        let old = aligned.kept.iter().find(|(_, new)| *new == index).map(|(old, _)| *old);
        match old {
            None => changes.add(at, both("新增版本", "A new edition")),
            Some(old) => {
                if aligned.moved.contains(&(old, index)) {
                    changes.turned(&*at, both("展示顺序", "Place among the editions"), place(old), place(index));
                }
                edition_changes(&before[old], edition, &at, changes);
            }
        }
    }
    for gone in aligned.gone {
        changes.about(Some(&before[gone]));
        changes.add("/editions", both("删除版本", "The edition is removed"));
    }
    changes.about(None);
}

fn edition_changes(before: &Edition, after: &Edition, at: &str, changes: &mut Changes) {
    if before.name != after.name {
        let at = [at, "/name"].concat();
        changes.turned(at, both("版本名称", "Name"), same(&before.name), same(&after.name));
    }
    if before.hidden != after.hidden {
        let said = if after.hidden {
            both(
                "不再展示：新客户不能购买，已购服务仍可续费",
                "Hidden: new buyers cannot have it, services renew still",
            )
        } else {
            both("重新展示：新客户可以购买", "Shown again: new buyers can have it")
        };
        changes.add([at, "/hidden"].concat(), said);
    }
    if before.terms != after.terms {
        let terms = |edition: &Edition| list(edition.terms.iter().map(|sold| sold.words()));
        changes.turned([at, "/terms"].concat(), both("购买时长", "Terms sold"), terms(before), terms(after));
    }
    prices::compare(&before.price, &after.price, &both("基础价", "Base price"), &[at, "/price"].concat(), changes);
    trial_changes(before.trial, after.trial, at, changes);
    charges::compare(&before.charges, &after.charges, &[at, "/charges"].concat(), changes);
}

fn trial_changes(before: Option<Trial>, after: Option<Trial>, at: &str, changes: &mut Changes) {
    let said = |n: Option<u32>| n.map_or_else(nothing, days);
    let (old, new) = (before.map(|trial| trial.days), after.map(|trial| trial.days));
    if old != new {
        changes.turned([at, "/trial_days"].concat(), both("试用时长", "Trial"), said(old), said(new));
    }
    let extra = |trial: Option<Trial>| trial.and_then(|trial| trial.extra_days);
    let (old, new) = (extra(before), extra(after));
    if old != new {
        changes.turned([at, "/extra_trial_days"].concat(), both("延长试用", "Extra trial"), said(old), said(new));
    }
}
