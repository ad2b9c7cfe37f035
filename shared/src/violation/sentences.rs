//! Every refusal in words: what is wrong, and what a person who does not program can do about it.

use super::{Expected, Problem};
use crate::calendar::{Period, Term};

impl Problem {
    /// The sentence in Chinese and in English.
    #[expect(
        clippy::too_many_lines,
        reason = "one sentence a variant, and all of them in one place to be read through"
    )]
    pub fn sentences(&self) -> (String, String) {
        match self {
            Self::Malformed(expected) => expected.sentences(),
            Self::SaleModeMismatch { one_time: true } => fixed(
                "按次售卖的商品不使用这一项，请删除它。",
                "A product sold one time does not use this field. Remove it.",
            ),
            Self::SaleModeMismatch { one_time: false } => fixed(
                "按周期售卖的商品不使用一次性价格，请改填月价或年价。",
                "A product sold by subscription has no one-time price. Give a monthly or yearly price instead.",
            ),
            Self::EditionCount { given } => (
                format!("商品须有 1 至 20 个套餐版本（含隐藏版本），现有 {given} 个。"),
                format!("A product has 1 to 20 editions, hidden ones included. There are {given}."),
            ),
            Self::NoVisibleEdition => fixed(
                "所有套餐版本都已隐藏，请至少保留一个可见版本。",
                "Every edition is hidden. Keep at least one of them visible.",
            ),
            Self::EditionNameInvalid { name } => (
                format!("版本名称“{name}”不符合要求：须为 1 至 20 个字符，只能使用中文、英文字母和数字。"),
                format!("“{name}” is no edition name: use 1 to 20 Chinese characters, ASCII letters or digits."),
            ),
            Self::EditionNameDuplicate { name } => (
                format!("版本名称“{name}”重复，请为每个版本取不同的名称。"),
                format!("More than one edition is named “{name}”. Give each edition a name of its own."),
            ),
            Self::EditionCodeInvalid { code } => (
                format!("版本 Code“{code}”不符合要求：须为 1 至 32 个小写字母、数字或连字符，且不能以连字符开头。"),
                format!(
                    "“{code}” is no edition code: use 1 to 32 lower-case letters, digits or hyphens, the first no hyphen."
                ),
            ),
            Self::EditionCodeDuplicate { code } => (
                format!("版本 Code“{code}”重复，请为每个版本设置不同的 Code。"),
                format!("More than one edition has the code “{code}”. Give each edition a code of its own."),
            ),
            Self::TermsMissing => fixed("请至少选择一个可订购周期。", "Choose at least one term that can be bought."),
            Self::TermInvalid { term } => (
                format!("“{term}”不是可售的订购周期：可选 1 至 11 个月（P1M…P11M）或 1 至 3 年（P1Y…P3Y）。"),
                format!(
                    "“{term}” is no term that can be sold: choose 1 to 11 months (P1M…P11M) or 1 to 3 years (P1Y…P3Y)."
                ),
            ),
            Self::TermDuplicate { term } => (
                format!("订购周期“{term}”重复，请删除多余的一项。"),
                format!("The term “{term}” is listed twice. Remove one."),
            ),
            Self::PriceMissing => fixed("请填写价格；免费请填 0。", "Give a price; for free, write 0."),
            Self::MonthPriceMissing => fixed(
                "已选择按月订购的周期，请填写月价；免费请填 0。",
                "A term of months is sold, so a monthly price is needed; for free, write 0.",
            ),
            Self::PriceInvalid { price } => (
                format!("“{price}”不是有效的价格：请填写 0 至 99999999.99 的金额，最多两位小数。"),
                format!("“{price}” is no price: write an amount from 0 to 99999999.99 with at most two decimals."),
            ),
            Self::TrialDaysOutOfRange { days } => (
                format!("试用天数须为 1 至 180 天，现为 {days} 天。"),
                format!("A trial lasts 1 to 180 days, not {days}."),
            ),
            Self::ExtraTrialDaysOutOfRange { days } => (
                format!("额外试用天数须为 1 至 180 天，现为 {days} 天。"),
                format!("An extra trial lasts 1 to 180 days, not {days}."),
            ),
            Self::ExtraTrialWithoutTrial => {
                fixed("设置额外试用前，请先设置试用天数。", "An extra trial needs a trial first. Set the trial's days.")
            }
            Self::ChargeKeyInvalid { key } => (
                format!("参数值“{key}”不符合要求：只能使用英文字母和下划线，最多 64 个字符，且不能是接口保留的名称。"),
                format!(
                    "“{key}” is no charge key: use up to 64 ASCII letters or underscores, and no name that the provisioning interface reserves."
                ),
            ),
            Self::ChargeKeyDuplicate { key } => (
                format!("同一版本内参数值“{key}”重复，请为每个计费项设置不同的参数值。"),
                format!("More than one charge of this edition has the key “{key}”. Give each charge a key of its own."),
            ),
            Self::ChargeMismatch { key } => (
                format!("计费项“{key}”的名称、类型或单位与前面的版本不一致，请改为一致。"),
                format!("The charge “{key}” has another name, kind or unit in an earlier edition. Make them the same."),
            ),
            Self::ChargeNameInvalid { name } => (
                format!("计费项名称“{name}”须为 1 至 30 个字符。"),
                format!("The charge name “{name}” must have 1 to 30 characters."),
            ),
            Self::UnitInvalid { unit } => (
                format!("计费单位“{unit}”须为 1 至 10 个字符，例如“人”。"),
                format!("The unit “{unit}” must have 1 to 10 characters, for example “人”."),
            ),
            Self::TiersMissing => {
                fixed("请至少填写一个阶梯，第一个阶梯即起量数。", "Give at least one tier; the first sets the minimum.")
            }
            Self::TiersNotRising { from, previous } => (
                format!("阶梯须逐级递增：{from} 应大于上一阶梯的 {previous}。"),
                format!("Tiers must rise: {from} has to be above the previous tier's {previous}."),
            ),
            Self::TierPriceShape => fixed(
                "每个阶梯请填写单价或一口价之一，不能同时填写，也不能都不填。",
                "Give each tier either a price per unit or one flat price: not both, not neither.",
            ),
            Self::MaxBelowLastTier { max, last } => (
                format!("最多购买数 {max} 不能小于最后一个阶梯的起点 {last}。"),
                format!("The maximum {max} is below the last tier, which begins at {last}."),
            ),
            Self::OptionValuesCount { given } => (
                format!("枚举计费项须有 1 至 50 个枚举值，现有 {given} 个。"),
                format!("An option charge has 1 to 50 values. There are {given}."),
            ),
            Self::OptionValueInvalid { value } => (
                format!("枚举值“{value}”须为 1 至 30 个字符。"),
                format!("The option value “{value}” must have 1 to 30 characters."),
            ),
            Self::OptionValueDuplicate { value } => (
                format!("枚举值“{value}”重复，请删除多余的一项。"),
                format!("The option value “{value}” is listed twice. Remove one."),
            ),
            Self::OffersMixed => fixed(
                "购买优惠只能统一使用“价格折扣”或“赠送时长”中的一种。",
                "Term offers are either all discounts or all gift days. Choose one kind.",
            ),
            Self::DiscountOutOfRange { discount } => (
                format!("折扣“{discount}”不符合要求：须在 0.70 至 1.00 之间，最多四位小数。"),
                format!("“{discount}” is no discount: write 0.70 to 1.00 with at most four decimals."),
            ),
            Self::GiftTooLong { days, most: Some(most) } => (
                format!("赠送天数须为 0 至 {most} 天（购买时长的 35%），现为 {days} 天。"),
                format!("Gift days go from 0 to {most} (35% of the term), not {days}."),
            ),
            Self::GiftTooLong { days, most: None } => (
                format!("赠送天数须不小于 0，且不超过购买时长的 35%，现为 {days} 天。"),
                format!("Gift days go from 0 to 35% of the term, not {days}."),
            ),
            Self::OfferTermInvalid { term } => (
                format!("“{term}”不是可售的购买时长：可选 1 至 11 个月（P1M…P11M）或 1 至 3 年（P1Y…P3Y）。"),
                format!(
                    "“{term}” is no term for an offer: choose 1 to 11 months (P1M…P11M) or 1 to 3 years (P1Y…P3Y)."
                ),
            ),
            Self::OfferTermDuplicate { term } => (
                format!("购买时长“{term}”已有一项优惠，请删除多余的一项。"),
                format!("There is an offer from “{term}” on already. Remove one."),
            ),
            Self::CapInvalid { cap } => (
                format!("“{cap}”不是有效的最高价格：请填写 0 至 99999999.99 的金额，最多两位小数。"),
                format!("“{cap}” is no price cap: write an amount from 0 to 99999999.99 with at most two decimals."),
            ),
            Self::UpgradeUnknownEdition { code } => (
                format!("升级规则里的版本“{code}”不存在，请改为已有版本的 Code。"),
                format!(
                    "The upgrade rule names an edition “{code}” that does not exist. Use an existing edition's code."
                ),
            ),
            Self::UpgradeToItself { code } => (
                format!("版本“{code}”无需升级到自身：同版本扩容始终允许，请删除此规则。"),
                format!(
                    "“{code}” needs no upgrade to itself: expanding within an edition is always allowed. Remove the rule."
                ),
            ),
            Self::UpgradeDuplicate { from, to } => (
                format!("从“{from}”升级到“{to}”的规则重复，请删除多余的一条。"),
                format!("The upgrade from “{from}” to “{to}” is listed twice. Remove one."),
            ),
            Self::ChangeModesMissing => fixed(
                "请至少选择一种变更方式：补差价（co_term）或变更付费方案（re_term）。",
                "Choose at least one way to change: paying the difference (co_term) or a new term (re_term).",
            ),
            Self::EditionNotForSale { edition, hidden: true } => (
                format!("套餐版本“{edition}”已停止售卖，请选择其他版本。"),
                format!("The edition “{edition}” is no longer for sale. Choose another."),
            ),
            Self::EditionNotForSale { edition, hidden: false } => (
                format!("没有名为“{edition}”的套餐版本，请选择页面上列出的版本。"),
                format!("There is no edition “{edition}”. Choose one of those listed."),
            ),
            Self::TermNotSold { term, sold } => term_not_sold(term.as_deref(), sold),
            Self::ChargeMissing { name } => (format!("请选择“{name}”。"), format!("Choose a value for “{name}”.")),
            Self::ChargeUnknown { key } => (
                format!("该版本没有计费项“{key}”，请删除它。"),
                format!("This edition has no charge “{key}”. Remove it."),
            ),
            Self::QuantityBelowMinimum { name, unit, minimum } => (
                format!("“{name}”最少为 {minimum} {unit}，请增加数量。"),
                format!("“{name}” starts at {minimum} {unit}. Choose more."),
            ),
            Self::QuantityAboveMaximum { name, unit, maximum } => (
                format!("“{name}”最多为 {maximum} {unit}，请减少数量或联系服务商。"),
                format!("“{name}” goes up to {maximum} {unit}. Choose fewer, or ask the vendor."),
            ),
            Self::OptionUnknown { name, value } => (
                format!("“{name}”没有“{value}”这一选项，请选择页面上列出的选项。"),
                format!("“{name}” has no value “{value}”. Choose one of those listed."),
            ),
            Self::CountOutOfRange => fixed("购买个数须为 1 至 100。", "The count goes from 1 to 100."),
            Self::AmountOverflow => fixed(
                "金额超出可计算的范围，请减少数量。",
                "The amount is beyond what can be computed. Choose smaller quantities.",
            ),
            Self::RenewalTooLate => fixed(
                "服务到期已超过 7 天，无法续费，请重新购买。",
                "The service ended more than 7 days ago and cannot be renewed. Buy it anew.",
            ),
            Self::RenewalTooFar => fixed(
                "续费后的到期时间不能超过 5 年，请选择更短的时长或以后再续。",
                "A renewal may not reach more than 5 years ahead. Choose a shorter term, or renew later.",
            ),
            Self::RenewalNotOffered { trial: true } => {
                fixed("试用不能续费，请直接购买。", "A trial cannot be renewed. Buy the service instead.")
            }
            Self::RenewalNotOffered { trial: false } => fixed(
                "按次售卖的商品一次购买、长期使用，无需续费。",
                "A product sold one time is kept for good and needs no renewal.",
            ),
            Self::SubscriptionNotActive => fixed(
                "服务不在有效期内，无法变更，请先续费或重新购买。",
                "The service is not active and cannot be changed. Renew it first, or buy anew.",
            ),
            Self::TrialMustPurchase => {
                fixed("试用期内不能变更，请直接购买正式服务。", "A trial cannot be changed. Buy the service instead.")
            }
            Self::UpgradeNotAllowed { from, to } => (
                format!("服务商未开放从“{from}”升级到“{to}”。"),
                format!("The vendor offers no upgrade from “{from}” to “{to}”."),
            ),
            Self::QuantityShrinks { name, now } => (
                format!("“{name}”不能少于现有的 {now}；如需减少，请在服务到期后重新购买。"),
                format!("“{name}” cannot go below the present {now}. To have fewer, let the service end and buy anew."),
            ),
            Self::OptionCheaper { name, now, now_price, wanted_price } => (
                format!("“{name}”不能改为价格更低的选项（现为“{now}”¥{now_price}，所选为 ¥{wanted_price}）。"),
                format!(
                    "“{name}” cannot change to a cheaper value (now “{now}” ¥{now_price}, chosen ¥{wanted_price})."
                ),
            ),
            Self::NothingChanges => fixed(
                "所选内容与现有服务相同，没有需要变更的地方。",
                "This is what the service has already. Nothing changes.",
            ),
            Self::ChangeModeNotOffered => fixed(
                "该商品不支持这种变更方式，请选择另一种。",
                "The product does not offer this way to change. Choose the other.",
            ),
        }
    }
}

impl Expected {
    fn sentences(&self) -> (String, String) {
        match self {
            Self::Json => fixed("这不是有效的 JSON。", "This is no valid JSON."),
            Self::Object => fixed("这里应为一个对象（{…}）。", "An object ({…}) belongs here."),
            Self::List => fixed("这里应为一个列表（[…]）。", "A list ([…]) belongs here."),
            Self::Text => fixed("这里应为一段文字（加引号）。", "A text in quotes belongs here."),
            Self::WholeNumber => fixed("这里应为整数。", "A whole number belongs here."),
            Self::Between(low, high) => (
                format!("这里应为 {low} 至 {high} 的整数。"),
                format!("A whole number from {low} to {high} belongs here."),
            ),
            Self::Boolean => fixed("这里应为 true 或 false。", "true or false belongs here."),
            Self::OneOf(names) => {
                let names = names.join(" / ");
                (format!("这里只能填写：{names}。"), format!("One of these belongs here: {names}."))
            }
            Self::Present => fixed("缺少这一项，请补充。", "This field is missing. Add it."),
            Self::NoSuchField => fixed(
                "这里没有这一项，请检查拼写或删除它。",
                "There is no such field here. Check its spelling, or remove it.",
            ),
            Self::Once => fixed("这一项重复了，请只保留一个。", "This field is repeated. Keep one of them."),
            Self::Instant => fixed(
                "这里应为带时区、精确到秒的时间，例如 2026-01-01T10:00:00+08:00。",
                "A time with its offset and whole seconds belongs here, for example 2026-01-01T10:00:00+08:00.",
            ),
            Self::Offset => {
                fixed("这里应为时区偏移，例如 +08:00。", "An offset from UTC belongs here, for example +08:00.")
            }
            Self::Amount => fixed(
                "这里应为金额（文字），最多两位小数，例如 \"208.00\"。",
                "An amount of yuan in quotes with at most two decimals belongs here, for example \"208.00\".",
            ),
            Self::Term => fixed("这里应为订购周期，例如 P1M 或 P1Y。", "A term belongs here, for example P1M or P1Y."),
            Self::SegmentsInOrder => fixed(
                "服务时段须按时间先后排列、互不重叠，且结束晚于开始。",
                "Segments must be in order of time without overlap, each ending after it starts.",
            ),
            Self::TrialSegments => fixed(
                "试用时段没有订购周期，且只属于试用服务；付费时段须有订购周期。",
                "A trial's segment has no term and belongs to a trial only; a paid one has a term.",
            ),
            Self::OfferKind => {
                fixed("请填写折扣（discount）或赠送天数（gift_days）。", "Give a discount or gift_days.")
            }
        }
    }
}

fn fixed(zh: &str, en: &str) -> (String, String) {
    (zh.to_owned(), en.to_owned())
}

fn term_not_sold(term: Option<&str>, sold: &[Term]) -> (String, String) {
    if sold.is_empty() {
        return fixed(
            "该商品按次售卖，没有购买时长可选，请删除它。",
            "The product is sold one time and has no terms. Remove it.",
        );
    }
    let name = |term: &Term| match term.period() {
        Period::Month => (format!("{}个月", term.n()), format!("{} months", term.n())),
        Period::Year => (format!("{}年", term.n()), format!("{} years", term.n())),
    };
    let (zh, en): (Vec<_>, Vec<_>) = sold.iter().map(name).unzip();
    let (zh, en) = (zh.join("、"), en.join(", "));
    match term {
        Some(term) => (
            format!("购买时长“{term}”不可选，请从{zh}中选择。"),
            format!("The term “{term}” is not sold. Choose from {en}."),
        ),
        None => (format!("请选择购买时长：{zh}。"), format!("Choose a term: {en}.")),
    }
}
