//! The page.

use shared::api::{CustomerCard, CustomerQuery};

use super::{Customers, Msg};
use crate::console::route::Route;
use crate::element::{Element, Sink, el};
use crate::format::{date, yuan};
use crate::i18n::Lang;
use crate::page::parts::{empty, link, loaded, titled};
use crate::page::search::Search;
use crate::page::table::{Column, cell, leading, row, table};
use crate::page::{Context, Shown};
use crate::trade::search::{by_text, found, more, none, stale, tools};

impl Shown for Customers {
    fn view(&self, context: &Context, to: &Sink<Msg>) -> Element {
        view(&self.search, context.lang, to)
    }

    fn title(&self, lang: Lang) -> String {
        titled(lang.pick("客户", "Customers"))
    }
}

fn view(search: &Search<CustomerQuery>, lang: Lang, to: &Sink<Msg>) -> Element {
    loaded(&search.found, lang, |customers| {
        let page = el("div").class("table-page").with(el("h1").with(lang.pick("客户", "Customers")));
        if search.is_empty() {
            let sentence = lang.pick(
                "还没有客户。有企业购买或试用贵公司的应用后，会出现在这里，并附上联系人和购买记录。",
                "No customers yet. An enterprise that buys or tries one of your apps appears here, with whom to ask there.",
            );
            return page.with(empty(sentence, None));
        }
        let columns = columns(lang);
        let rows = customers.iter().map(|customer| one(customer, &columns, lang));
        let name = lang.pick("客户", "Customers");
        let sentence = lang.pick("没有符合条件的客户。", "No customer matches.");
        page.with(fields(search, customers.len(), lang, to))
            .with(stale(search, lang, to))
            .with(table(name, &columns, rows, search.busy).flag("hidden", customers.is_empty()))
            .with(none(customers.is_empty(), sentence, lang.pick("查看全部客户", "See all customers"), to))
            .with(more(search, lang.pick("更多客户", "More customers"), to))
    })
}

fn fields(search: &Search<CustomerQuery>, count: usize, lang: Lang, to: &Sink<Msg>) -> Element {
    let CustomerQuery { id, name, contact } = &search.query;
    let label = lang.pick("客户名称", "Name");
    let name = by_text("name", label, label, name.as_ref(), to);
    let (label, hint) =
        (lang.pick("联系人", "Contact"), lang.pick("联系人姓名或邮箱", "Contact's name or mail address"));
    let contact = by_text("contact", label, hint, contact.as_ref(), to);
    let (label, hint) = (lang.pick("客户 ID", "Id"), lang.pick("客户 ID，或开头几位", "Id, or how it begins"));
    let id = by_text("id", label, hint, id.as_ref(), to);
    let count = found(count, "customer", lang.pick("个客户", "customers"), lang);
    let count = if search.next.is_some() { [lang.pick("已显示 ", "the first "), &count].concat() } else { count };
    tools(name.into_iter().chain(contact).chain(id), count)
}

const fn columns(lang: Lang) -> [Column; 6] {
    match lang {
        Lang::Zh => [
            ("客户", "is-what"),
            ("联系人", "is-who"),
            ("订单", "is-count"),
            ("使用中的服务", "is-count"),
            ("实付", "is-amount"),
            ("最近下单", "is-when"),
        ],
        Lang::En => [
            ("Customer", "is-what"),
            ("Contact", "is-who"),
            ("Orders", "is-count"),
            ("Running services", "is-count"),
            ("Paid", "is-amount"),
            ("Latest order", "is-when"),
        ],
    }
}

/// A list of what the customer has: its address.
fn of(route: &Route, customer: &CustomerCard) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("customer", &customer.id).finish();
    [&route.path(), "?", &query].concat()
}

fn one(customer: &CustomerCard, columns: &[Column; 6], lang: Lang) -> Element {
    let [what, who, orders, services, amount, when] = *columns;
    let contacts = customer.contacts.iter().map(|contact| {
        let mail = el("a").class("link").attr("href", ["mailto:", &contact.mail].concat()).with(contact.mail.clone());
        el("span").class("contact").with(contact.name.clone()).with(" ").with(mail)
    });
    let count = |n: u32, one, many| found(usize::try_from(n).unwrap_or(usize::MAX), one, many, lang);
    let id = el("span").class("row-what").with(customer.id.clone());
    let running = if customer.services == 0 {
        el("span").with("0")
    } else {
        let words = count(customer.services, "service", lang.pick("项服务", "services"));
        link([&of(&Route::Services, customer), "&state=active"].concat(), words)
    };
    row([
        leading(what, of(&Route::Orders, customer), customer.name.clone()).with(" ").with(id),
        cell(who, el("span").all(contacts)),
        cell(
            orders,
            link(of(&Route::Orders, customer), count(customer.orders, "order", lang.pick("个订单", "orders"))),
        ),
        cell(services, running),
        cell(amount, yuan(customer.paid)),
        cell(when, date(customer.latest, lang)),
    ])
}
