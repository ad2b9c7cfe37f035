//! What is asked for everywhere.

/// The seed's example, which comes to 208.00.
pub(crate) const EXAMPLE: &str = r#"{"product":"data-analytics-2","selection":{"edition":"standard","term":"P1Y","quantities":{"yonghushu":10},"options":{"xinghao":"APP+WAP+微信","quyu":"上海"},"count":1}}"#;
