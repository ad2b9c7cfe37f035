//! The list of findings, the worst first.

use shared::api::Names;
use shared::paths::{Action, Step};
use shared::warnings::Finding;

use super::model::{Findings, Msg, Warned, is_note};
use super::place::place;
use super::search::{Cheaper, Search};
use crate::element::{Element, Sink, el};
use crate::format::{date, term, yuan_short};
use crate::i18n::Lang;
use shared::catalog::Offer;
use shared::lifecycle::ChangeMode;
use shared::pricing::SelectionFile;

use crate::account::service::change::words;

/// So many findings of a group are shown: nobody mends more at a time, and a keystroke repaints them all.
const MOST_ITEMS: usize = 40;
/// So many cheaper paths are shown; they are alike mostly.
const MOST_PATHS: usize = 8;

impl Findings {
    /// Shows them. Every id begins with `findings-`.
    pub fn view(&self, lang: Lang, to: &Sink<Msg>) -> Element {
        let all = el("div").class("findings");
        if !self.errors.is_empty() {
            let items = self.errors.iter().take(MOST_ITEMS).map(|error| {
                let sentence = lang.pick(&error.zh, &error.en).clone();
                item(None, sentence, &error.at, place(self.offer.as_deref(), &error.at, lang), lang, to)
            });
            let after =
                lang.pick("改正后会继续检查价格是否合理。", "Prices are checked as soon as these are corrected.");
            return all
                .with(group("is-error", lang.pick("错误", "Errors"), self.errors.len(), items.collect(), lang))
                .with(el("p").class("fine").with(after));
        }
        let Some(offer) = &self.offer else {
            return all.with(
                el("p").class("fine").with(lang.pick("还没有可以检查的配置。", "There is nothing to check yet.")),
            );
        };
        let warned = |Warned { warning, renewals_too }: &Warned| {
            let mut sentence = lang.pick(&warning.zh, &warning.en).clone();
            if *renewals_too {
                sentence += lang.pick("续费价也是如此。", " The same holds for renewal prices.");
            }
            item(
                Some(title(&warning.finding, lang)),
                sentence,
                &warning.at,
                place(Some(offer), &warning.at, lang),
                lang,
                to,
            )
        };
        let (notes, warnings): (Vec<&Warned>, Vec<&Warned>) =
            self.warnings.iter().partition(|warned| is_note(&warned.warning));
        let none = (notes.is_empty() && warnings.is_empty()).then(|| {
            el("p").class("findings-none").with(lang.pick(
                "没有发现问题：数量增加时总价不会下降，包年不比按月贵，升级差价不为负。",
                "Nothing found: more never costs less, no year costs more than its months, no upgrade has a negative difference.",
            ))
        });
        let may = (!warnings.is_empty()).then(|| {
            group(
                "is-warning",
                lang.pick("可能不是您想要的", "Probably not meant"),
                warnings.len(),
                warnings.into_iter().take(MOST_ITEMS).map(warned).collect(),
                lang,
            )
        });
        let known = (!notes.is_empty()).then(|| {
            group(
                "is-note",
                lang.pick("仅供参考", "For your information"),
                notes.len(),
                notes.into_iter().take(MOST_ITEMS).map(warned).collect(),
                lang,
            )
        });
        all.maybe(none).maybe(may).with(paths(self, offer, lang, to)).maybe(known)
    }
}

fn group(class: &'static str, name: &'static str, count: usize, items: Vec<Element>, lang: Lang) -> Element {
    let head = el("h3").with(name).with(" ").with(el("span").class("findings-count").with(count.to_string()));
    let hidden = count - items.len();
    let more = (hidden > 0).then(|| {
        let words = lang.pick(
            format!("另有 {hidden} 条，改正上面的之后再显示。"),
            format!("{hidden} more follow once these are mended."),
        );
        el("p").class("fine").with(words)
    });
    el("section").class(["findings-group ", class].concat()).with(head).with(el("ul").all(items)).maybe(more)
}

fn item(title: Option<&'static str>, sentence: String, at: &str, place: String, lang: Lang, to: &Sink<Msg>) -> Element {
    let pointer = at.to_owned();
    let jump = el("button")
        .class("link")
        .attr("type", "button")
        .attr("aria-label", lang.pick(format!("去修改：{place}"), format!("Go to {place}")))
        .sends("click", to, move || Msg::Jump(pointer.clone()))
        .with(lang.pick("去修改", "Go there"));
    let head = el("p").class("findings-head").maybe(title.map(|title| el("strong").with(title)));
    let head = head.with(el("span").class("findings-place").with(place)).with(jump);
    el("li").class("finding").with(head).with(el("p").with(sentence))
}

/// A warning's name.
fn title(finding: &Finding, lang: Lang) -> &'static str {
    match finding {
        Finding::TierInversion(_) => lang.pick("价格倒挂", "More costs less"),
        Finding::YearDearerThanMonths(_) => lang.pick("包年更贵", "Dearer year"),
        Finding::UpgradeNegative(_) => lang.pick("差价为负", "Negative difference"),
        Finding::RenewDearerThanNew(_) => lang.pick("续费更贵", "Dearer renewal"),
        Finding::CapBelowMinimum(_) => lang.pick("封顶过低", "Cap too low"),
        Finding::UpgradeBetweenDifferentCharges(_) => lang.pick("计费项不同", "Different charges"),
        Finding::UpgradeLoop(_) => lang.pick("升级成环", "Upgrade loop"),
        Finding::UpgradeShortTerm(_) => lang.pick("升级后时长过短", "Short term after upgrade"),
        Finding::CapAcrossTerms(_) => lang.pick("长短同价", "Same price for longer"),
    }
}

/// Looking for cheaper paths, and what came of it.
fn paths(model: &Findings, offer: &Offer, lang: Lang, to: &Sink<Msg>) -> Element {
    let part = el("section").class("findings-group findings-paths");
    let part = part.with(el("h3").with(lang.pick("更便宜的买法", "Cheaper ways to buy")));
    let Some(search) = &model.search else {
        let why = lang.pick(
            "会不会有人先少买、再扩容或升级，比直接购买更便宜？可以查一查各档位用 1 年和 2 年的情况。",
            "Could somebody buy less first, then expand or upgrade, and pay less? All tiers are looked at, for one year and for two.",
        );
        let button = el("button")
            .class("button is-quiet")
            .attr("type", "button")
            .sends("click", to, || Msg::Search)
            .with(lang.pick("查找", "Look"));
        return part.with(el("p").class("fine").with(why)).with(button);
    };
    let shown = search.found.iter().take(MOST_PATHS).map(|cheaper| cheaper_item(cheaper, offer, lang));
    part.with(el("p").class("fine").attr("role", "status").with(progress(search, lang))).with(el("ul").all(shown))
}

fn progress(search: &Search, lang: Lang) -> String {
    let (done, all, found) = (search.done, search.all() - search.given_up, search.found.len());
    if !search.is_done() {
        let all = search.all();
        return lang.pick(format!("正在查找：{done} / {all}…"), format!("Looking: {done} of {all}…"));
    }
    let mut said = match found {
        0 => lang.pick(
            format!("查看了 {all} 种目标，没有比直接购买更便宜的买法。"),
            format!("{all} ends looked at: nothing is cheaper than buying directly."),
        ),
        _ => lang.pick(
            format!("查看了 {all} 种目标，其中 {found} 种有更便宜的买法，省得最多的在前。"),
            format!("{all} ends looked at; {found} can be had for less, the largest saving first."),
        ),
    };
    let hidden = found.saturating_sub(MOST_PATHS);
    if hidden > 0 {
        said += &lang.pick(format!("另有 {hidden} 种未列出。"), format!(" {hidden} more are not shown."));
    }
    if search.left_out + search.given_up > 0 {
        let n = search.left_out + search.given_up;
        said += &lang.pick(
            format!("还有 {n} 种因组合太多没有查看。"),
            format!(" {n} more were not looked at: there are too many combinations."),
        );
    }
    said
}

fn cheaper_item(cheaper: &Cheaper, offer: &Offer, lang: Lang) -> Element {
    let what = selected(offer, &SelectionFile { term: None, ..cheaper.end.selection.to_file(offer) }, lang);
    let (span, cost) = (term(cheaper.end.term, lang), yuan_short(cheaper.path.cost));
    let said = match (&cheaper.direct, cheaper.saves()) {
        (Some(direct), Some(saves)) => {
            let (direct, saves) = (yuan_short(direct.cost), yuan_short(saves));
            lang.pick(
                format!("{what}，用 {span}：直接购买 {direct}，这样只要 {cost}，少付 {saves}。"),
                format!("{what} for {span}: {direct} bought directly, only {cost} this way, {saves} less."),
            )
        }
        _ => lang.pick(
            format!("{what}，用 {span}：不能直接购买，这样要 {cost}。"),
            format!("{what} for {span}: not to be had directly, {cost} this way."),
        ),
    };
    let steps = cheaper
        .path
        .steps
        .iter()
        .enumerate()
        .map(|(index, step)| el("li").with(step_words(step, index == 0, offer, lang)));
    el("li").class("finding").with(el("p").with(said)).with(el("ol").class("findings-steps").all(steps))
}

/// `先买“标准版”、用户数 9 人，1 年，付 ¥168`.
fn step_words(step: &Step, first: bool, offer: &Offer, lang: Lang) -> String {
    let what = selected(offer, &step.selection, lang);
    let (due, on) = (yuan_short(step.quote.due), date(step.at, lang));
    let (zh, en) = match step.action {
        Action::Purchase => (format!("先买 {what}"), format!("buy {what}")),
        Action::Renew => (format!("续费 {what}"), format!("renew {what}")),
        Action::CoTerm => {
            let mode = words::mode(ChangeMode::CoTerm, Lang::Zh);
            (format!("改为 {what}（{mode}）"), format!("change to {what}, paying the difference"))
        }
        Action::ReTerm => (format!("改为 {what}（重新起算）"), format!("change to {what}, beginning a new term")),
    };
    let (on_zh, on_en) = if first { (String::new(), String::new()) } else { (format!("{on} "), format!("{on}: ")) };
    lang.pick(format!("{on_zh}{zh}，付 {due}"), format!("{on_en}{en}; {due}"))
}

/// `“标准版” · 用户数 9 人 · 1 年`.
fn selected(offer: &Offer, file: &SelectionFile, lang: Lang) -> String {
    let Some(edition) = offer.edition_index(&file.edition).map(|index| &offer.editions[index]) else {
        return file.edition.clone();
    };
    let charges = Names::of(edition).charges.into_iter().filter_map(|charge| {
        let value = match (file.quantities.get(&charge.key), file.options.get(&charge.key)) {
            (Some(n), _) => format!("{n} {}", charge.unit),
            (_, Some(value)) => value.clone(),
            _ => return None,
        };
        Some(format!("{} {value}", charge.name))
    });
    let name = lang.pick(format!("“{}”", edition.name), format!("“{}”", edition.name));
    let all = [name].into_iter().chain(charges).chain(file.term.map(|sold| term(sold, lang)));
    all.collect::<Vec<_>>().join(" · ")
}
