//! The page's state.

use shared::api;
use shared::orders::ServiceState;

use crate::client::Failure;
use crate::page::submit::{Key, Submit};
use crate::page::{Effect, Loaded, Page, get, post_empty};

/// Milliseconds between looking whether the service has been opened.
const LOOK: u32 = 5000;

/// Everything that the page shows.
#[derive(Clone, Debug)]
pub struct Service {
    id: String,
    /// The service.
    pub service: Loaded<Box<api::Service>>,
    /// How far the extra trial has come.
    pub extra: Submit,
}

/// What can happen on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Msg {
    /// The service.
    Loaded(Result<Box<api::Service>, Failure>),
    /// Look whether it has been opened.
    Look,
    /// The service as it is now.
    Looked(Result<Box<api::Service>, Failure>),
    /// Take the extra trial.
    Extra(Key),
    /// The service with it.
    Extended(Result<Box<api::Service>, Failure>),
}

impl Service {
    /// The page for the service with this id.
    pub fn new(id: String) -> Self {
        Self { id, service: Loaded::Waiting, extra: Submit::Idle }
    }

    fn look_again(&self) -> Vec<Effect<Msg>> {
        let waits = |service: &api::Service| matches!(service.state, ServiceState::Provisioning { .. });
        let again = self.service.here().is_some_and(|service| waits(service));
        again.then_some(Effect::Later(LOOK, Msg::Look)).into_iter().collect()
    }
}

impl Page for Service {
    type Msg = Msg;

    fn begin(&mut self) -> Vec<Effect<Msg>> {
        vec![get(api::service(&self.id), Msg::Loaded)]
    }

    fn update(&mut self, message: Msg) -> Vec<Effect<Msg>> {
        match message {
            Msg::Loaded(service) => {
                self.service = service.into();
                return self.look_again();
            }
            Msg::Look => return vec![get(api::service(&self.id), Msg::Looked)],
            Msg::Looked(service) => {
                if let Ok(service) = service {
                    self.service = Loaded::Here(service);
                }
                let mut effects = self.look_again();
                if effects.is_empty() {
                    effects.push(Effect::Recount);
                }
                return effects;
            }
            Msg::Extra(key) => {
                if let Some(key) = self.extra.begin(key) {
                    return vec![post_empty(api::extra_trial(&self.id), key, Msg::Extended)];
                }
            }
            Msg::Extended(Ok(service)) => {
                self.service = Loaded::Here(service);
                self.extra = Submit::Idle;
            }
            Msg::Extended(Err(failure)) => self.extra.fail(failure),
        }
        Vec::new()
    }
}
