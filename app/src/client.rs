//! Requests to the server.

use gloo_net::http::{Request, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::api::Refusal;

use crate::i18n::Lang;

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The server could not be reached.
    Unreachable,
    /// There is nothing at that address.
    NotFound,
    /// The server refused, and says why.
    Refused(Box<Refusal>),
    /// An answer that this page does not understand: it may be older than the server.
    Unreadable,
}

impl Failure {
    /// What happened and what to do about it.
    pub fn sentence(&self, lang: Lang) -> String {
        match self {
            Self::Unreachable => lang
                .pick(
                    "无法连接服务器。请检查网络后重试。",
                    "The server cannot be reached. Check your connection, then try again.",
                )
                .to_owned(),
            Self::NotFound => lang.pick("没有找到这个页面。", "There is nothing at this address.").to_owned(),
            Self::Refused(refusal) => lang.pick(&refusal.zh, &refusal.detail).clone(),
            Self::Unreadable => lang
                .pick("服务器的回答无法识别。请刷新页面。", "The server's answer cannot be read. Reload the page.")
                .to_owned(),
        }
    }
}

/// GET `path`.
pub async fn get<T: DeserializeOwned>(path: &str) -> Result<T, Failure> {
    answer(Request::get(path).send().await.map_err(|_| Failure::Unreachable)?).await
}

/// POST `body` to `path`.
pub async fn post<T: DeserializeOwned>(path: &str, body: &impl Serialize) -> Result<T, Failure> {
    let body = serde_json::to_string(body).map_err(|_| Failure::Unreadable)?;
    let request = Request::post(path).header("content-type", "application/json").body(body);
    answer(request.map_err(|_| Failure::Unreadable)?.send().await.map_err(|_| Failure::Unreachable)?).await
}

async fn answer<T: DeserializeOwned>(response: Response) -> Result<T, Failure> {
    let text = response.text().await.map_err(|_| Failure::Unreachable)?;
    if response.ok() {
        return serde_json::from_str(&text).map_err(|_| Failure::Unreadable);
    }
    match serde_json::from_str(&text) {
        Ok(refusal) => Err(Failure::Refused(Box::new(refusal))),
        Err(_) if response.status() == 404 => Err(Failure::NotFound),
        Err(_) => Err(Failure::Unreadable),
    }
}
