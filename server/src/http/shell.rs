//! The HTML around every page: what Trunk made of an app's HTML file, with places to put a page in.

use app::first_paint::Page;
use axum::http::HeaderValue;

use super::assets::ASSETS;

/// The places, as they stand in `app/index.html`.
const PLACES: [(&str, Place); 5] = [
    (r#"<html lang="zh-CN">"#, Place::Html),
    ("<title>Quotient</title>", Place::Title),
    (r#"<meta name="description" content="">"#, Place::Description),
    (r#"<div id="app"></div>"#, Place::Body),
    (r#"<script type="application/json" id="page-data"></script>"#, Place::Data),
];

/// The template of the store's pages, among the files.
pub(super) const STOREFRONT: &str = "index.html";
/// The template of the account's pages.
pub(super) const ACCOUNT: &str = "apps/account/index.html";
/// The template of the console's pages.
pub(super) const CONSOLE: &str = "apps/console/index.html";
/// The template of the workbench's pages.
pub(super) const WORKBENCH: &str = "apps/workbench/index.html";

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Html,
    Title,
    Description,
    Body,
    Data,
}

enum Piece {
    Text(String),
    Place(Place),
}

/// The template of an app's pages.
pub(super) struct Shell {
    source: String,
    pieces: Vec<Piece>,
    links: Option<HeaderValue>,
}

/// Where the storefront was not built before the server was.
const MISSING: &str = r#"<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Quotient</title>
<meta name="description" content="">
</head>
<body>
<p lang="zh-CN">这个程序编译时没有包含店面。请在源码目录运行 <code>cargo xtask run</code>，它会先构建店面再启动服务。API 不受影响。</p>
<p lang="en">This program was compiled without the storefront. Run <code>cargo xtask run</code> in the source folder: it builds the storefront first and then starts the server. The API works all the same.</p>
<div id="app"></div>
<script type="application/json" id="page-data"></script>
</body>
</html>
"#;

impl Shell {
    /// The one of this path that was compiled in, or one that says in words how to build it.
    pub(super) fn embedded(path: &str) -> Self {
        let index = ASSETS.iter().find(|asset| asset.path == path);
        let index = index.and_then(|asset| str::from_utf8(asset.plain).ok());
        index.map_or_else(|| Self::read(MISSING), |index| Self::read(&with_lean_styles(index)))
    }

    fn read(source: &str) -> Self {
        let mut pieces = Vec::new();
        let mut rest = source;
        // The places come in the order of the document.
        for (text, place) in PLACES {
            if let Some((before, after)) = rest.split_once(text) {
                pieces.push(Piece::Text(before.to_owned()));
                pieces.push(Piece::Place(place));
                rest = after;
            } else {
                tracing::error!(place = text, "a template lacks a place; pages will be incomplete");
            }
        }
        pieces.push(Piece::Text(rest.to_owned()));
        let links = HeaderValue::try_from(links(source)).ok().filter(|links| !links.is_empty());
        Self { source: source.to_owned(), pieces, links }
    }

    /// The page as a whole document, with this HTML above it.
    pub(super) fn render(&self, page: &Page, above: &str) -> String {
        let mut html = String::with_capacity(self.source.len() + page.body.len() + page.data.len() + 256);
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => html.push_str(text),
                Piece::Place(place) => place.fill(page, above, &mut html),
            }
        }
        html
    }

    /// The content of scripts that stand in the template itself and run.
    pub(super) fn inline_scripts(&self) -> impl Iterator<Item = &str> {
        elements(&self.source, "script")
            .filter(|(tag, _)| !tag.contains("src=") && !tag.contains("application/json"))
            .map(|(_, content)| content)
    }

    /// The content of styles that stand in the template itself.
    pub(super) fn inline_styles(&self) -> impl Iterator<Item = &str> {
        elements(&self.source, "style").map(|(_, content)| content)
    }

    /// What a page asks for first, for its `Link` header: a browser reads that before it has the page.
    pub(super) const fn links(&self) -> Option<&HeaderValue> {
        self.links.as_ref()
    }
}

fn links(html: &str) -> String {
    let tags = html.split("<link ").skip(1).filter_map(|rest| rest.split_once('>'));
    let links = tags.filter_map(|(tag, _)| {
        let attribute = |name: &str| Some(tag.split_once(&format!("{name}=\""))?.1.split_once('"')?.0);
        match (attribute("rel")?, attribute("href")?) {
            ("modulepreload", href) => Some(format!("<{href}>; rel=modulepreload; crossorigin")),
            ("preload", href) => Some(format!("<{href}>; rel=preload; as={}; crossorigin", attribute("as")?)),
            _ => None,
        }
    });
    links.collect::<Vec<_>>().join(", ")
}

impl Place {
    fn fill(self, page: &Page, above: &str, html: &mut String) {
        match self {
            Self::Html => {
                html.extend([r#"<html lang=""#, page.lang, "\""]);
                if !above.is_empty() {
                    // Its room is there before it is.
                    html.push_str(" data-sandbox");
                }
                if let Some(theme) = page.theme {
                    html.extend([r#" data-theme=""#, theme, "\""]);
                }
                html.push('>');
            }
            Self::Title => html.extend(["<title>", &escaped(&page.title), "</title>"]),
            Self::Description => {
                html.extend([r#"<meta name="description" content=""#, &escaped(&page.description), "\">"]);
            }
            // Below in the document: the way past everything comes first for who goes by the keyboard.
            Self::Body => html.extend([r#"<div id="app">"#, &page.body, "</div>", above]),
            Self::Data => {
                html.extend([r#"<script type="application/json" id="page-data">"#, &page.data, "</script>"]);
            }
        }
    }
}

/// The styles in `html` without their comments and indentation: every page carries them.
fn with_lean_styles(html: &str) -> String {
    let mut lean = html.to_owned();
    for (_, style) in elements(html, "style") {
        lean = lean.replacen(style, &lean_style(style), 1);
    }
    lean
}

fn lean_style(css: &str) -> String {
    let mut rest = css;
    let mut bare = String::with_capacity(css.len());
    while let Some((before, after)) = rest.split_once("/*") {
        bare.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    bare.push_str(rest);
    let lines: Vec<&str> = bare.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

/// Text as HTML, fit for an attribute too.
pub(super) fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            _ => html.push(c),
        }
    }
    html
}

/// The start tag's inside and the content of every element of this name.
fn elements<'h>(html: &'h str, name: &str) -> impl Iterator<Item = (&'h str, &'h str)> {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let mut rest = html;
    std::iter::from_fn(move || {
        let (_, after) = rest.split_once(&open)?;
        let (tag, after) = after.split_once('>')?;
        let (content, after) = after.split_once(&close)?;
        rest = after;
        Some((tag, content))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page() -> Page {
        Page {
            title: "A & <B>".to_owned(),
            description: "\"C\"".to_owned(),
            lang: "en",
            theme: Some("dark"),
            body: "<main>D</main>".to_owned(),
            data: r#"{"e":1}"#.to_owned(),
        }
    }

    #[test]
    fn a_page_is_put_into_its_places() {
        let html = Shell::read(MISSING).render(&page(), "");
        for part in [
            r#"<html lang="en" data-theme="dark">"#,
            "<title>A &amp; &lt;B&gt;</title>",
            r#"<meta name="description" content="&quot;C&quot;">"#,
            r#"<div id="app"><main>D</main></div>"#,
            r#"<script type="application/json" id="page-data">{"e":1}</script>"#,
        ] {
            assert!(html.contains(part), "{part}\n{html}");
        }
        let html = Shell::read(MISSING).render(&page(), "<p>above</p>");
        for part in [r#"<html lang="en" data-sandbox data-theme="dark">"#, "<main>D</main></div><p>above</p>"] {
            assert!(html.contains(part), "{part}\n{html}");
        }
    }

    #[test]
    fn every_place_is_in_the_templates_themselves() {
        for (path, source) in [
            (STOREFRONT, include_str!("../../../app/index.html")),
            (ACCOUNT, include_str!("../../../app/account.html")),
            (CONSOLE, include_str!("../../../app/console.html")),
            (WORKBENCH, include_str!("../../../app/workbench.html")),
        ] {
            for (text, _) in PLACES {
                assert_eq!(source.matches(text).count(), 1, "{path}: {text}");
            }
            let embedded = Shell::embedded(path);
            let places = embedded.pieces.iter().filter(|piece| matches!(piece, Piece::Place(_))).count();
            assert_eq!(places, PLACES.len(), "{path}");
        }
    }

    #[test]
    fn styles_keep_what_a_browser_reads() {
        let html =
            "<style>/* why\n */\np {\n  margin: 0 /* of */ 1px;\n\n}\n</style><p>  /* text */</p><style>b{}</style>";
        let lean = "<style>p {\nmargin: 0  1px;\n}</style><p>  /* text */</p><style>b{}</style>";
        assert_eq!(with_lean_styles(html), lean);
    }

    #[test]
    fn scripts_are_asked_for_with_the_headers() {
        let html = r#"<link rel="icon" href="/i.svg"/><link rel="modulepreload" href="/s.js" crossorigin="anonymous"><link rel="preload" href="/s.wasm" crossorigin="anonymous" as="fetch" type="application/wasm">"#;
        let links = "</s.js>; rel=modulepreload; crossorigin, </s.wasm>; rel=preload; as=fetch; crossorigin";
        assert_eq!(Shell::read(html).links().expect("links"), links);
        assert_eq!(Shell::read(MISSING).links(), None);
    }

    #[test]
    fn only_scripts_that_run_are_hashed() {
        let html = r#"<script type="module">import a;</script><script src="/b.js"></script><script type="application/json">{}</script><style>p{}</style>"#;
        let shell = Shell::read(html);
        assert_eq!(shell.inline_scripts().collect::<Vec<_>>(), ["import a;"]);
        assert_eq!(shell.inline_styles().collect::<Vec<_>>(), ["p{}"]);
    }
}
