//! Notices by mail (rule L5): what is put down with a notice is sent until the mail server has it.

use app::i18n::Lang;
use app::trade::notices::told;
use shared::api::{LanguageRequest, OrganisationKind, Role};

use super::form;
use super::market::Market;
use crate::caller::Caller;
use crate::failure::{Account, Failure};
use crate::mail::{Letter, Mailer};
use crate::store::answers::{Asked, Made, Once};
use crate::store::mails::{Attempt, Mail, Take, Tried};
use crate::store::{Sql, Step, people};

/// How long nobody else takes a mail that is being sent, in seconds: longer than any attempt lasts.
const LEASE: i64 = 5 * 60;
/// The pause after the first failed attempt, in seconds; each further one is twice as long, up to [`LONGEST_PAUSE`].
const FIRST_PAUSE: i64 = 30;
/// The longest pause, in seconds.
const LONGEST_PAUSE: i64 = 60 * 60;
/// After so many attempts, some five days, a mail is given up; the notice itself stays in the market.
const MOST_ATTEMPTS: u32 = 120;

/// The mail as it is sent.
fn letter(mail: &Mail, origin: &str) -> Letter {
    let lang = if mail.language.as_deref() == Some("en") { Lang::En } else { Lang::Zh };
    let under = match mail.role.of() {
        OrganisationKind::Enterprise => "/account",
        OrganisationKind::Isv | OrganisationKind::Operator => "/console",
    };
    let (sentence, path) = told(&mail.kind, under, lang);
    let text = lang.pick(
        format!("{sentence}\n\n查看详情：{origin}{path}\n\n此邮件由系统自动发送，请勿直接回复。\n"),
        format!("{sentence}\n\nSee: {origin}{path}\n\nThis mail was sent by itself; nobody reads answers to it.\n"),
    );
    Letter {
        id: format!("{}.{}", mail.notice, mail.member),
        to: mail.email.clone(),
        subject: subject(&sentence),
        text,
        date: u64::try_from(mail.at.unix()).unwrap_or_default(),
    }
}

/// The first sentence, on one line, as long as a list of mails shows.
fn subject(sentence: &str) -> String {
    const MOST: usize = 60;
    let line = sentence.replace(char::is_control, " ");
    if line.chars().count() <= MOST {
        return line;
    }
    line.chars().take(MOST - 1).chain(['…']).collect()
}

/// What becomes of a mail whose attempt failed, the `attempts`th, at this second.
fn failed(attempts: u32, error: String, now: i64) -> Attempt {
    if attempts >= MOST_ATTEMPTS {
        return Attempt::GivenUp { error };
    }
    let doubled = FIRST_PAUSE << attempts.saturating_sub(1).min(16);
    Attempt::Failed { error, next_at: now + doubled.min(LONGEST_PAUSE) }
}

/// Who reads which language.
struct SetLanguage {
    caller: Caller,
    request: LanguageRequest,
}

impl Step for SetLanguage {
    type Done = Made;
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Made, Failure> {
        let (who, language) = (&self.caller.who, self.request.language.as_str());
        if self.request.organisation {
            people::organisations::set_language(sql, &who.organisation.id, language).await?;
        } else {
            people::members::set_language(sql, &who.id, language).await?;
        }
        Ok(Made { id: String::new(), body: String::new() })
    }
}

impl Market {
    /// Sends all mail that waits; returns when nothing does, or when the mail server does not take it.
    pub async fn send_mail(&self) -> Result<(), Failure> {
        let Some(mailer) = self.mailer.clone() else { return Ok(()) };
        loop {
            let (now, offset) = (self.clock.wall(), self.clock.now().offset());
            let Some(mail) = self.store.write(Take { now, offset, lease: LEASE }).await? else { return Ok(()) };
            if !self.attempt(&mailer, mail).await? {
                return Ok(());
            }
        }
    }

    /// Tries to send a mail; returns whether the mail server took it.
    async fn attempt(&self, mailer: &Mailer, mail: Mail) -> Result<bool, Failure> {
        let outcome = mailer.send(&letter(&mail, &mailer.origin)).await;
        let now = self.clock.wall();
        let attempts = mail.attempts + 1;
        let attempt = match &outcome {
            Ok(()) => Attempt::Sent,
            Err(error) => {
                tracing::warn!(notice = mail.notice, attempts, error, "a notice could not be mailed");
                failed(attempts, error.clone(), now.unix())
            }
        };
        self.store.write(Tried { mail: (mail.notice, mail.member), attempt, now }).await?;
        Ok(outcome.is_ok())
    }

    /// What the caller, or the caller's organisation, reads.
    pub async fn set_language(&self, caller: &Caller, asked: Asked, body: &[u8]) -> Result<Made, Failure> {
        let request: LanguageRequest = form::read(body)?;
        let manages = matches!(caller.role(), Role::BuyerAdmin | Role::IsvOwner | Role::Operator);
        if request.organisation && !manages {
            return Err(Account::NotAllowed.into());
        }
        let step = SetLanguage { caller: caller.clone(), request };
        self.store.write(Once { asked, now: self.clock.now(), step }).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_end() {
        let pauses: Vec<Option<i64>> = [1, 2, 3, 7, 8, 9, 119, 120]
            .into_iter()
            .map(|attempts| match failed(attempts, String::new(), 1000) {
                Attempt::Failed { next_at, .. } => Some(next_at - 1000),
                _ => None,
            })
            .collect();
        assert_eq!(pauses, [Some(30), Some(60), Some(120), Some(1920), Some(3600), Some(3600), Some(3600), None]);
    }

    #[test]
    fn a_subject_is_one_short_line() {
        assert_eq!(subject("服务已到期。"), "服务已到期。");
        assert_eq!(subject("a\r\nBcc: b"), "a  Bcc: b");
        assert_eq!(subject(&"长".repeat(80)).chars().count(), 60);
    }
}
