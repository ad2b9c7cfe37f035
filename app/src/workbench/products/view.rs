//! The page.

use shared::api::{ListingState, OwnProduct, Role};

use super::{Making, Msg, Products};
use crate::element::{Element, Sink, el};
use crate::format::date_time;
use crate::i18n::Lang;
use crate::page::parts::{button, draw_key, empty, field, link, loaded, said, state, target_value, titled};
use crate::page::table::{Column, cell, leading, row, table};
use crate::page::{Context, Shown};
use crate::trade::search::{by_state, by_text, found, none, stale, tools};
use crate::workbench::route::Route;

impl Shown for Products {
    fn view(&self, context: &Context, to: &Sink<Msg>) -> Element {
        view(self, context, to)
    }

    fn title(&self, lang: Lang) -> String {
        titled(lang.pick("商品", "Products"))
    }
}

fn view(model: &Products, context: &Context, to: &Sink<Msg>) -> Element {
    let lang = context.lang;
    let search = &model.search;
    let owner = context.role() == Some(Role::IsvOwner);
    loaded(&search.found, lang, |products| {
        let add = (owner && model.making.is_none()).then(|| {
            button("button", lang.pick("新建商品", "New product"), false, to, || Msg::Make(true))
                .attr("id", "new-product")
        });
        let head = el("div").class("bench-list-head").with(el("h1").with(lang.pick("商品", "Products"))).maybe(add);
        let form = model.making.as_ref().map(|making| form(making, lang, to));
        let page = el("div").class("table-page").with(head).with(el("div").maybe(form));
        if search.is_empty() {
            let sentence = lang.pick(
                "还没有商品。新建一个，设置版本、周期和价格，边改边看买家看到的报价。",
                "No products yet. Make one, set editions, terms and prices, and watch what buyers would see.",
            );
            return page.with(empty(sentence, None));
        }
        let searched = {
            let to = to.clone();
            Sink::new(move |message| to.send(Msg::Search(message)))
        };
        let label = lang.pick("商品名称", "Product's name");
        let name = by_text("name", label, label, search.query.name.as_ref(), &searched);
        let states = [("draft", lang.pick("未上架", "Not listed")), ("listed", lang.pick("已上架", "Listed"))];
        let chosen = match search.query.state {
            Some(ListingState::Draft) => "draft",
            Some(ListingState::Listed) => "listed",
            None => "",
        };
        let states = by_state(states, chosen, lang, &searched);
        let count = found(products.len(), "product", lang.pick("个商品", "products"), lang);
        let columns = columns(lang);
        let rows = products.iter().map(|product| one(product, &columns, lang));
        let nothing = products.is_empty();
        page.with(tools(name.into_iter().chain([states]), count))
            .with(stale(search, lang, &searched))
            .with(table(lang.pick("商品", "Products"), &columns, rows, search.busy).flag("hidden", nothing))
            .with(none(
                nothing,
                lang.pick("没有符合条件的商品。", "No product matches."),
                lang.pick("查看全部商品", "See all products"),
                &searched,
            ))
    })
}

const fn columns(lang: Lang) -> [Column; 4] {
    match lang {
        Lang::Zh => {
            [("商品", "is-what"), ("状态", "is-state"), ("售卖中", "is-when is-long"), ("草稿", "is-when is-long")]
        }
        Lang::En => [
            ("Product", "is-what"),
            ("State", "is-state"),
            ("For sale", "is-when is-long"),
            ("Draft", "is-when is-long"),
        ],
    }
}

fn one(product: &OwnProduct, columns: &[Column; 4], lang: Lang) -> Element {
    let [what, stands, published, draft] = *columns;
    let (class, words) = match product.state {
        ListingState::Draft => ("state", lang.pick("未上架", "Not listed")),
        ListingState::Listed => ("state is-good", lang.pick("已上架", "Listed")),
    };
    let for_sale = product.published.as_ref().map_or_else(
        || el("span").with("—"),
        |revision| {
            let words = lang.pick(format!("第 {} 版", revision.revision), format!("Revision {}", revision.revision));
            let history = link(Route::Revisions(product.slug.clone()).path(), words);
            el("span").with(history).with(" ").with(el("span").class("row-what").with(date_time(revision.at, lang)))
        },
    );
    let drafted = product
        .draft
        .as_ref()
        .map_or_else(|| "—".to_owned(), |draft| format!("{} · {}", draft.by, date_time(draft.at, lang)));
    let name =
        el("span").with(product.name.clone()).with(" ").with(el("span").class("row-what").with(product.slug.clone()));
    row([
        leading(what, Route::Editor(product.slug.clone()).path(), name),
        cell(stands, state(class, words)),
        cell(published, for_sale),
        cell(draft, drafted),
    ])
}

fn form(making: &Making, lang: Lang, to: &Sink<Msg>) -> Element {
    let input = |index: usize, id: &'static str, name: &'static str, hint: &'static str, most: &'static str| {
        let typed = to.clone();
        let said_id = [id, "-said"].concat();
        let wrong = making.wrong(index);
        let input = el("input")
            .id(id)
            .attr("type", "text")
            .attr("autocomplete", "off")
            .attr("maxlength", most)
            .attr("placeholder", hint)
            .state("aria-invalid", wrong.is_some())
            .attr("aria-describedby", said_id.clone())
            .typed(making.fields[index].clone())
            .on("input", move |event| typed.send(Msg::Typed(index, target_value(&event))));
        let wrong = wrong.map(|wrong| el("span").class("wrong").with(lang.pick(&wrong.zh, &wrong.en).clone()));
        field(id, name, input).with(el("p").id(said_id).class("field-said").maybe(wrong))
    };
    let submit = to.clone();
    let button_words = lang.pick("新建并设置价格", "Make it and set prices");
    el("form")
        .class("bench-new")
        .attr("novalidate", "")
        .attr("aria-label", lang.pick("新建商品", "New product"))
        .on("submit", move |event| {
            event.prevent_default();
            submit.send(Msg::Send(draw_key()));
        })
        .with(input(
            0,
            "new-name",
            lang.pick("商品名称", "Name"),
            lang.pick("例如：数据分析软件", "For example: Data analytics"),
            "50",
        ))
        .with(input(1, "new-slug", lang.pick("网址", "Address"), "data-analytics", "64"))
        .with(input(
            2,
            "new-category",
            lang.pick("类目", "Category"),
            lang.pick("例如：数据分析", "For example: Analytics"),
            "20",
        ))
        .with(input(
            3,
            "new-intro",
            lang.pick("一句话介绍", "In one sentence"),
            lang.pick("不超过 100 字", "At most 100 characters"),
            "100",
        ))
        .with(
            el("div")
                .class("tools")
                .with(
                    el("button")
                        .class("button")
                        .attr("type", "submit")
                        .state("aria-busy", making.submit.waits())
                        .with(button_words),
                )
                .with(button("link", lang.pick("取消", "Cancel"), false, to, || Msg::Make(false))),
        )
        .with(said(&making.submit, lang.pick("正在新建…", "Making it…"), lang))
}
