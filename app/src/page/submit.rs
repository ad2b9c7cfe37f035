//! One intent to change something: sent once, however often it is clicked or tried again.

use crate::client::Failure;

/// An `Idempotency-Key`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key(pub String);

/// How far an intent has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Submit {
    /// Nobody has asked.
    #[default]
    Idle,
    /// The server is at it.
    Waiting(Key),
    /// The server did not answer, so that nobody knows whether it was done: the same key finds out.
    Unanswered(Key, Failure),
    /// The server refused: another try is another intent.
    Refused(Failure),
}

impl Submit {
    /// The person asks for it, with a fresh key in case this is a new intent. The key to send it with; `None` while it is
    /// on its way already.
    pub fn begin(&mut self, fresh: Key) -> Option<Key> {
        let key = match core::mem::take(self) {
            Self::Waiting(key) => {
                *self = Self::Waiting(key);
                return None;
            }
            Self::Unanswered(key, _) => key,
            Self::Idle | Self::Refused(_) => fresh,
        };
        *self = Self::Waiting(key.clone());
        Some(key)
    }

    /// It was not done, as far as is known.
    pub fn fail(&mut self, failure: Failure) {
        let refused =
            matches!(&failure, Failure::NotFound) || matches!(&failure, Failure::Refused(it) if it.status < 500);
        *self = match core::mem::take(self) {
            Self::Waiting(key) if !refused => Self::Unanswered(key, failure),
            _ => Self::Refused(failure),
        };
    }

    /// What would be sent was changed: a refusal is of no interest any more. What nobody has answered keeps its key, so that
    /// the server refuses the change if it was done after all.
    pub fn retyped(&mut self) {
        if matches!(self, Self::Refused(_)) {
            *self = Self::Idle;
        }
    }

    /// It is on its way.
    pub fn waits(&self) -> bool {
        matches!(self, Self::Waiting(_))
    }

    /// Why it was not done.
    pub fn failure(&self) -> Option<&Failure> {
        match self {
            Self::Unanswered(_, failure) | Self::Refused(failure) => Some(failure),
            Self::Idle | Self::Waiting(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::samples::refused;

    fn key(text: &str) -> Key {
        Key(text.to_owned())
    }

    #[test]
    fn an_intent_keeps_its_key_until_the_server_has_answered() {
        let mut submit = Submit::default();
        assert_eq!(submit.begin(key("a")), Some(key("a")));
        assert_eq!(submit.begin(key("b")), None, "a double click");
        submit.fail(Failure::Unreachable);
        assert_eq!(submit.begin(key("c")), Some(key("a")), "whether it was done is not known");
        submit.fail(refused(503));
        assert_eq!(submit.begin(key("d")), Some(key("a")));
        submit.fail(refused(409));
        assert_eq!(submit.failure(), Some(&refused(409)));
        assert_eq!(submit.begin(key("e")), Some(key("e")), "a refusal would be repeated");
    }
}
