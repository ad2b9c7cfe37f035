//! Making a product. It is in nobody's store before its configuration is published.

use shared::api::{NewProduct, ProductText, Workbench};
use shared::calendar::Timestamp;
use shared::violation::Violation;

use super::{super::form, violation};
use crate::caller::Caller;
use crate::failure::{Editing, Failure};
use crate::store::answers::{Asked, Made, Once};
use crate::store::sql::Lock;
use crate::store::{Sql, Step, workbench};
use crate::usecases::Market;

const LONGEST_SLUG: usize = 64;
const LONGEST_NAME: usize = 50;
const LONGEST_INTRO: usize = 100;
const LONGEST_CATEGORY: usize = 20;

struct Make {
    product: NewProduct,
    caller: Caller,
    wrong: Vec<Violation>,
    now: Timestamp,
}

impl Step for Make {
    type Done = Made;
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Made, Failure> {
        let NewProduct { slug, name, intro, category } = &self.product;
        sql.hold(Lock::Products).await?;
        let mut wrong = self.wrong.clone();
        if workbench::is_taken(sql, slug).await? {
            let sentences =
                ("这个商品地址已被使用，请换一个。", "Another product has this address. Choose another one.");
            wrong.insert(0, violation("slug_taken", "/slug", sentences));
            if wrong.len() == 1 {
                return Err(Editing::SlugTaken(wrong).into());
            }
        }
        if !wrong.is_empty() {
            return Err(Editing::InvalidProduct(wrong).into());
        }
        let text = ProductText {
            name: name.clone(),
            intro: intro.clone(),
            vendor: self.caller.who.organisation.name.clone(),
            category: category.clone(),
            agreement: 1,
            ..ProductText::default()
        };
        let internal = |error: serde_json::Error| Failure::Internal(error.to_string());
        let kept = serde_json::to_string(&text).map_err(internal)?;
        let (isv, who) = (self.caller.organisation(), &self.caller.who.id);
        workbench::make(sql, &workbench::Made { slug, isv, text: &kept, who, at: self.now }).await?;
        let made =
            Workbench { slug: slug.clone(), text, published: None, draft: None, origins: Vec::new(), now: self.now };
        Ok(Made { id: slug.clone(), body: serde_json::to_string(&made).map_err(internal)? })
    }
}

impl Market {
    /// Makes the product that `body` (a [`NewProduct`]) describes, answered with its [`Workbench`].
    pub async fn make_product(&self, caller: &Caller, asked: Asked, body: &[u8]) -> Result<Made, Failure> {
        let said: NewProduct = form::read(body)?;
        let trimmed = |text: &String| text.trim().to_owned();
        let product = NewProduct {
            name: trimmed(&said.name),
            intro: trimmed(&said.intro),
            category: trimmed(&said.category),
            slug: said.slug,
        };
        let (wrong, now) = (wrong(&product), self.clock.now());
        let step = Make { product, caller: caller.clone(), wrong, now };
        self.store.write(Once { asked, now, step }).await
    }
}

/// Everything wrong with it in itself.
fn wrong(product: &NewProduct) -> Vec<Violation> {
    let mut wrong = Vec::new();
    if !is_slug(&product.slug) {
        let zh = "商品地址为 1 至 64 个字符，只能使用小写字母、数字和连字符，并以字母或数字开头。";
        let en = "An address has 1 to 64 lower-case letters, digits and hyphens, and begins with a letter or digit.";
        wrong.push(violation("slug_invalid", "/slug", (zh, en)));
    }
    for (code, at, text, most, what_zh, what_en) in [
        ("name_invalid", "/name", &product.name, LONGEST_NAME, "商品名称", "A name"),
        ("intro_invalid", "/intro", &product.intro, LONGEST_INTRO, "商品简介", "An introduction"),
        ("category_invalid", "/category", &product.category, LONGEST_CATEGORY, "类目", "A category"),
    ] {
        if !(1..=most).contains(&text.chars().count()) || text.chars().any(char::is_control) {
            let zh = format!("{what_zh}为 1 至 {most} 个字符，不含换行。");
            let en = format!("{what_en} has 1 to {most} characters, in one line.");
            wrong.push(violation(code, at, (&zh, &en)));
        }
    }
    wrong
}

fn is_slug(text: &str) -> bool {
    let good = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=LONGEST_SLUG).contains(&text.len()) && text.bytes().all(good) && !text.starts_with('-')
}
