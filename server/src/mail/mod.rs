//! Sending mail through the market's own mail server (SMTP).

use std::time::Duration;

use lettre::message::header::ContentType;
use lettre::message::{Mailbox, MessageBuilder};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Tokio1Executor};

/// How long a mail server may take to answer.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// How the connection to the mail server is guarded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Security {
    /// By TLS from its beginning on (usually port 465).
    #[default]
    Tls,
    /// By STARTTLS, without which nothing is sent (usually port 587).
    StartTls,
    /// Not at all: for a mail server on the same machine.
    None,
}

impl Security {
    /// By its name: `tls`, `starttls` or `none`.
    pub fn parse(name: &str) -> Option<Self> {
        [("tls", Self::Tls), ("starttls", Self::StartTls), ("none", Self::None)]
            .into_iter()
            .find_map(|(known, security)| (known == name).then_some(security))
    }

    const fn port(self) -> u16 {
        match self {
            Self::Tls => 465,
            Self::StartTls => 587,
            Self::None => 25,
        }
    }
}

/// Where and as whom mail is sent.
#[derive(Clone)]
pub struct Settings {
    /// The mail server's name.
    pub host: String,
    /// Its port; `None`: the one that its security usually has.
    pub port: Option<u16>,
    /// How the connection is guarded.
    pub security: Security,
    /// With what the market signs in there, if it has to: name and password.
    pub credentials: Option<(String, String)>,
    /// Whom mail is from: an address, also with a name before it.
    pub from: String,
    /// The market's own address, for links: `https://market.example`.
    pub origin: String,
    /// How long the mail server may take to answer.
    pub patience: Duration,
}

/// Settings with which no mail can be sent.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// Whom it is from is no mail address.
    #[error("`{0}` is no mail address")]
    From(String),
    /// TLS cannot be set up.
    #[error("TLS for mail: {0}")]
    Tls(#[from] lettre::transport::smtp::Error),
}

/// A text to somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The same at every attempt: a mail server, and whoever reads it, knows by it what came twice.
    pub id: String,
    /// To whom.
    pub to: String,
    /// About what, on one line.
    pub subject: String,
    /// What it says.
    pub text: String,
    /// Seconds since 1970 that it is dated with.
    pub date: u64,
}

/// What can send.
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    /// The market's own address.
    pub origin: String,
    patience: Duration,
}

impl std::fmt::Debug for Mailer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mailer").field("from", &self.from).finish_non_exhaustive()
    }
}

impl Mailer {
    /// Sets it up; nothing is connected yet.
    pub fn new(settings: Settings) -> Result<Self, MailError> {
        let Settings { host, port, security, credentials, from, origin, patience } = settings;
        let from: Mailbox = from.parse().map_err(|_| MailError::From(from.clone()))?;
        let tls = match security {
            Security::Tls => Tls::Wrapper(TlsParameters::new(host.clone())?),
            Security::StartTls => Tls::Required(TlsParameters::new(host.clone())?),
            Security::None => Tls::None,
        };
        let mut transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host)
            .port(port.unwrap_or(security.port()))
            .tls(tls)
            .timeout(Some(patience));
        if let Some((user, password)) = credentials {
            transport = transport.credentials(Credentials::new(user, password));
        }
        Ok(Self { transport: transport.build(), from, origin, patience })
    }

    /// Sends a letter: once this returns, the mail server has it.
    pub async fn send(&self, letter: &Letter) -> Result<(), String> {
        let to: Address = letter.to.parse().map_err(|error| format!("{}: {error}", letter.to))?;
        let id = format!("<{}@{}>", letter.id, self.from.email.domain());
        let date = std::time::UNIX_EPOCH + Duration::from_secs(letter.date);
        let message = MessageBuilder::new()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .message_id(Some(id))
            .date(date)
            .subject(&letter.subject)
            .header(ContentType::TEXT_PLAIN)
            .body(letter.text.clone())
            .map_err(|error| error.to_string())?;
        // Each command has its time; all of them together have this much.
        match tokio::time::timeout(self.patience * 2, self.transport.send(message)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(said(&error)),
            Err(_) => Err("the mail server did not answer in time".to_owned()),
        }
    }
}

/// An error with what it came from.
fn said(error: &dyn std::error::Error) -> String {
    let sources = std::iter::successors(error.source(), |error| error.source());
    sources.fold(error.to_string(), |said, source| format!("{said}: {source}"))
}
