//! The store's home: all products, searched and filtered at once.

pub mod model;
#[cfg(test)]
mod tests;
pub mod view;

use crate::i18n::Lang;

/// For `<title>`.
pub fn title(lang: Lang) -> String {
    lang.pick("Quotient · 企业应用市场", "Quotient · Enterprise app market").to_owned()
}

/// For `<meta name="description">`.
pub fn description(lang: Lang) -> String {
    lang.pick(
        "开放的企业应用市场：选好配置，价格立即算清，精确到分。",
        "An open market for enterprise apps: choose a configuration and see its exact price at once.",
    )
    .to_owned()
}
