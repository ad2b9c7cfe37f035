//! Requests to the server.

use gloo_net::http::{Request, Response};
use shared::api::QuoteRequest;
use shared::json::Node;
use shared::money::Fen;
use shared::violation::Violation;

use crate::i18n::Lang;
use crate::wire;

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The server could not be reached.
    Unreachable,
    /// There is nothing at that address.
    NotFound,
    /// The server refused, and says why.
    Refused(Box<Refused>),
    /// An answer that this page does not understand: it may be older than the server.
    Unreadable,
}

/// What the page needs of a [`shared::api::Refusal`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The HTTP status.
    pub status: u16,
    /// What happened and what to do, in Chinese.
    pub zh: String,
    /// The same in English.
    pub en: String,
    /// Everything that is wrong with the request, if that is why.
    pub violations: Vec<Violation>,
    /// The total of the server's own quote (`price_mismatch`, `quote_stale`).
    pub total: Option<Fen>,
}

impl Failure {
    /// What happened and what to do about it.
    pub fn sentence(&self, lang: Lang) -> String {
        let sentence = match self {
            Self::Unreachable => lang.pick(
                "无法连接服务器。请检查网络后重试。",
                "The server cannot be reached. Check your connection, then try again.",
            ),
            Self::NotFound => lang.pick("没有找到这个页面。", "There is nothing at this address."),
            Self::Refused(refused) => lang.pick(&refused.zh, &refused.en),
            Self::Unreadable => {
                lang.pick("服务器的回答无法识别。请刷新页面。", "The server's answer cannot be read. Reload the page.")
            }
        };
        sentence.to_owned()
    }
}

/// GET `path`, its answer read by `read`.
pub async fn get<T>(path: &str, read: fn(&Node<'_>) -> Option<T>) -> Result<T, Failure> {
    let response = Request::get(path).send().await.map_err(|_| Failure::Unreachable)?;
    let text = answer(response).await?;
    Node::parse(&text).ok().and_then(|node| read(&node)).ok_or(Failure::Unreadable)
}

/// Asks for a quotation; its id.
pub async fn quote(request: &QuoteRequest) -> Result<String, Failure> {
    let body = serde_json::to_string(request).map_err(|_| Failure::Unreadable)?;
    let request = Request::post(shared::api::QUOTES).header("content-type", "application/json").body(body);
    let response = request.map_err(|_| Failure::Unreadable)?.send().await.map_err(|_| Failure::Unreachable)?;
    let text = answer(response).await?;
    Node::parse(&text).ok().and_then(|node| wire::id(&node)).ok_or(Failure::Unreadable)
}

/// The text of an answer, or why it is none.
pub(crate) async fn answer(response: Response) -> Result<String, Failure> {
    let text = response.text().await.map_err(|_| Failure::Unreachable)?;
    if response.ok() {
        return Ok(text);
    }
    let refused = Node::parse(&text).ok().and_then(|node| wire::refusal(&node));
    Err(match refused {
        Some(refused) => Failure::Refused(Box::new(refused)),
        None if response.status() == 404 => Failure::NotFound,
        None => Failure::Unreadable,
    })
}
