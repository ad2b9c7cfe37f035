//! The page: where the month stands, what it comes to, and its orders.

use shared::api::{self, Role, SettlementLine};
use shared::money::Fen;
use shared::settlement::LineKind;

use super::model::{MOST_REFERENCE, Msg, Settlement, waits};
use crate::console::route::Route;
use crate::console::settlements::words::{month, standing, state as stands};
use crate::console::settlements::{not_for_you, sees};
use crate::element::{Element, Sink, el};
use crate::format::{date_time, yuan};
use crate::i18n::Lang;
use crate::page::parts::{draw_key, empty, field, link, loaded, said, state, target_value, titled};
use crate::page::table::{Column, cell, leading, row, table};
use crate::page::{Context, Shown};

/// So many orders are listed; the files have all of them.
const MOST: usize = 200;

impl Shown for Settlement {
    fn view(&self, context: &Context, to: &Sink<Msg>) -> Element {
        if !sees(context.role()) {
            return not_for_you(context.lang);
        }
        loaded(&self.settlement, context.lang, |settlement| page(self, settlement, context, to))
    }

    fn title(&self, lang: Lang) -> String {
        let name = self.settlement.here().map(|it| month(it.month, it.payable_by.offset(), lang));
        let words = lang.pick("结算单", "settlement");
        titled(&name.map_or_else(|| words.to_owned(), |name| [name.as_str(), lang.pick("", " "), words].concat()))
    }
}

fn page(model: &Settlement, settlement: &api::Settlement, context: &Context, to: &Sink<Msg>) -> Element {
    let lang = context.lang;
    let own = context.role() == Some(Role::IsvOwner);
    let name = month(settlement.month, settlement.payable_by.offset(), lang);
    let (class, words) = stands(settlement, lang);
    let whose = (!own).then(|| el("span").class("quiet").with(settlement.isv.name.clone()));
    let crumb = el("p").class("crumb").with(link(Route::Settlements.path(), lang.pick("结算", "Settlement")));
    let head = el("header")
        .with(crumb)
        .with(el("h1").with([name.as_str(), lang.pick("结算单", ", settlement")].concat()))
        .with(el("p").class("head-state").with(state(class, words)).maybe(whose));
    let sentence = el("p")
        .id("standing")
        .class("now-said")
        .attr("role", "status")
        .attr("tabindex", "-1")
        .with(standing(settlement, own, lang));
    let now = el("section")
        .class("now")
        .attr("aria-label", lang.pick("结算进展", "Where the month stands"))
        .with(sentence)
        .with(files(settlement, lang))
        .with(el("div").maybe(paying(model, settlement, context, to)));
    el("div").class("order-page").with(head).with(now).with(sums(settlement, lang)).with(orders(settlement, lang))
}

fn files(settlement: &api::Settlement, lang: Lang) -> Element {
    let language = lang.pick("", "?lang=en");
    let file = |path: String, words: &'static str| {
        el("a")
            .class("button is-quiet")
            .attr("href", [path.as_str(), language].concat())
            .attr("download", "")
            .with(words)
    };
    el("div")
        .class("tools now-files")
        .with(file(api::settlement_xlsx(&settlement.id), lang.pick("下载 Excel（XLSX）", "Download for Excel (XLSX)")))
        .with(file(api::settlement_csv(&settlement.id), lang.pick("下载 CSV", "Download as CSV")))
}

/// Saying that it was paid, or who does.
fn paying(model: &Settlement, settlement: &api::Settlement, context: &Context, to: &Sink<Msg>) -> Option<Element> {
    let lang = context.lang;
    match context.role() {
        Some(Role::Operator) if waits(settlement) => Some(form(model, settlement, lang, to)),
        Some(Role::Auditor) if waits(settlement) => Some(el("p").class("fine").with(
            lang.pick("审计账号只读：付款由平台运营登记。", "An auditor only reads: the operator records the payment."),
        )),
        _ => None,
    }
}

fn form(model: &Settlement, settlement: &api::Settlement, lang: Lang, to: &Sink<Msg>) -> Element {
    let (typing, submit) = (to.clone(), to.clone());
    let wrong = model.tried && model.fit().is_none();
    let input = el("input")
        .id("reference")
        .attr("type", "text")
        .attr("autocomplete", "off")
        .attr("maxlength", MOST_REFERENCE.to_string())
        .attr("aria-describedby", "reference-said")
        .state("aria-invalid", wrong)
        .typed(model.reference.clone())
        .on("input", move |event| typing.send(Msg::Reference(target_value(&event))));
    let words = if wrong {
        lang.pick("请填写银行付款流水号，最多 64 个字符。", "Give the bank's reference, at most 64 characters long.")
    } else {
        lang.pick(
            "在银行付款后登记流水号；登记后服务商会收到通知，不能撤销。",
            "Record it once the bank has paid. The vendor is told, and it cannot be taken back.",
        )
    };
    let amount = yuan(settlement.payable);
    let sure = el("button")
        .class("button")
        .attr("type", "submit")
        .state("aria-busy", model.submit.waits())
        .with(lang.pick(format!("登记已付 {amount}"), format!("Record {amount} as paid")));
    let name = lang.pick("登记付款", "Record the payment");
    el("form")
        .class("pay-out")
        .attr("novalidate", "")
        .attr("aria-label", name)
        .on("submit", move |event| {
            event.prevent_default();
            submit.send(Msg::Pay(draw_key()));
        })
        .with(
            field("reference", lang.pick("付款流水号", "The payment's reference"), input)
                .with(el("p").id("reference-said").class("field-said").with(words)),
        )
        .with(el("div").class("tools").with(sure))
        .with(said(&model.submit, lang.pick("正在登记…", "Recording it…"), lang))
}

fn sums(settlement: &api::Settlement, lang: Lang) -> Element {
    let line = |name: &'static str, how: &'static str, amount: Fen| {
        el("li")
            .with(el("span").with(name))
            .with(el("span").class("line-amount").with(yuan(amount)))
            .with(el("span").class("line-how").with(how))
    };
    let lines = [
        line(
            lang.pick("已完成订单", "Fulfilled orders"),
            lang.pick("本月服务全部开通的订单，按实付金额", "those fully opened in the month, as paid"),
            settlement.fulfilled,
        ),
        line(
            lang.pick("退款", "Refunds"),
            lang.pick("本月退款的订单，不论何月完成", "of the month, whenever the order was fulfilled"),
            -settlement.refunded,
        ),
        line(
            lang.pick("扣除前期结转", "Deducted for earlier months"),
            lang.pick("以前月份退款超出订单的部分", "what their refunds exceeded their orders by"),
            -settlement.deducted,
        ),
    ];
    let carried = (settlement.carried > Fen::ZERO).then(|| {
        el("p")
            .class("sheet-each")
            .with(el("span").with(lang.pick("结转至次月扣除", "Carried to the next month")))
            .with(el("span").with(yuan(settlement.carried)))
    });
    let total = el("p")
        .class("big-total")
        .with(el("span").id("total-name").with(lang.pick("应付", "Payable")))
        .with(el("output").attr("aria-labelledby", "total-name").with(yuan(settlement.payable)));
    el("section")
        .class("order-amounts settlement-sums")
        .attr("aria-label", lang.pick("金额构成", "What makes up the amount"))
        .with(el("ul").class("lines").all(lines))
        .maybe(carried)
        .with(total)
}

const fn columns(lang: Lang) -> [Column; 5] {
    match lang {
        Lang::Zh => [
            ("订单号", "is-id"),
            ("商品", "is-what"),
            ("客户", "is-who"),
            ("时间", "is-when is-long"),
            ("金额", "is-amount"),
        ],
        Lang::En => [
            ("Order", "is-id"),
            ("Product", "is-what"),
            ("Customer", "is-who"),
            ("When", "is-when is-long"),
            ("Amount", "is-amount"),
        ],
    }
}

fn orders(settlement: &api::Settlement, lang: Lang) -> Element {
    let lines = settlement.lines.as_deref().unwrap_or_default();
    let title = lang.pick("订单明细", "Its orders");
    let section = el("section")
        .class("settlement-lines")
        .attr("aria-labelledby", "lines-title")
        .with(el("h2").id("lines-title").with(title));
    if lines.is_empty() {
        let sentence =
            lang.pick("本月还没有完成的订单，也没有退款。", "No order was fulfilled or refunded in this month.");
        return section.with(empty(sentence, None));
    }
    let columns = columns(lang);
    let rows = lines.iter().take(MOST).map(|line| one(line, &columns, lang));
    let more = (lines.len() > MOST).then(|| {
        let count = lines.len();
        let words = lang.pick(
            format!("只列出前 {MOST} 笔，共 {count} 笔；全部明细见下载的文件。"),
            format!("The first {MOST} of {count} are listed; the files have all of them."),
        );
        el("p").class("fine").with(words)
    });
    section.with(table(title, &columns, rows, false)).maybe(more)
}

fn one(SettlementLine { line, product_name, customer }: &SettlementLine, columns: &[Column; 5], lang: Lang) -> Element {
    let [number, what, who, when, amount] = *columns;
    let (kind, sum) = match line.kind {
        LineKind::Fulfilled => (lang.pick("完成", "fulfilled"), line.amount),
        LineKind::Refunded => (lang.pick("退款", "refunded"), -line.amount),
    };
    let product = el("span").with(product_name.clone()).with(" ").with(el("span").class("row-what").with(kind));
    row([
        leading(number, Route::Order(line.order.clone()).path(), line.order.clone()),
        cell(what, product),
        cell(who, customer.clone()),
        cell(when, date_time(line.at, lang)),
        cell(amount, yuan(sum)),
    ])
}
