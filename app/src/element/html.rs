//! Elements as HTML.

use super::{Child, Element, Value};

/// Elements that have no end tag.
const VOID: [&str; 5] = ["br", "hr", "img", "input", "link"];

impl Element {
    /// The element as HTML.
    pub fn html(&self) -> String {
        let mut html = String::new();
        self.write(&mut html);
        html
    }

    fn write(&self, html: &mut String) {
        html.push('<');
        html.push_str(self.0.tag);
        for (name, value) in &self.0.attributes {
            if let Value::Flag(false) = value {
                continue;
            }
            html.push(' ');
            html.push_str(name);
            if let Value::Text(text) | Value::Typed(text) = value {
                html.push_str("=\"");
                escape(text, html);
                html.push('"');
            }
        }
        html.push('>');
        if VOID.contains(&self.0.tag) {
            return;
        }
        for child in &self.0.children {
            match child {
                Child::Text(text) => escape(text, html),
                Child::Element(element) => element.write(html),
                Child::Later(later) => (later.make)().write(html),
            }
        }
        html.push_str("</");
        html.push_str(self.0.tag);
        html.push('>');
    }
}

/// `text` so that it can be nothing but text, between tags and in quotes.
fn escape(text: &str, html: &mut String) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            other => html.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::element::el;

    #[test]
    fn elements_print_as_html_and_texts_stay_texts() {
        let element = el("p")
            .class("a\"b")
            .flag("hidden", true)
            .flag("inert", false)
            .with("1 < 2 & <b>")
            .with(el("input").attr("value", "x").flag("checked", true))
            .maybe(None::<String>)
            .all([el("b").with("y".to_owned())])
            .after_all(|| el("i").with(el("input").typed("z")));
        let html = r#"<p class="a&quot;b" hidden>1 &lt; 2 &amp; &lt;b&gt;<input value="x" checked><b>y</b><i><input value="z"></i></p>"#;
        assert_eq!(element.html(), html);
    }
}
