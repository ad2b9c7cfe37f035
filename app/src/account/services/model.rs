//! The page's state.

use shared::api::{self, Service, ServiceList, ServiceStateName};
use shared::orders::ServiceState;

use crate::client::Failure;
use crate::page::{Effect, Loaded, Page, get};

/// Everything that the page shows.
#[derive(Clone, Debug)]
pub struct Services {
    /// The services.
    pub services: Loaded<Vec<Service>>,
    /// The chosen state; all where none is.
    pub state: Option<ServiceStateName>,
}

/// What can happen on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Msg {
    /// The services.
    Loaded(Result<ServiceList, Failure>),
    /// A state was chosen; all where none is.
    State(Option<ServiceStateName>),
}

impl Services {
    /// The page.
    pub fn new() -> Self {
        Self { services: Loaded::Waiting, state: None }
    }

    /// Whether a service is shown.
    pub fn shows(&self, service: &Service) -> bool {
        self.state.is_none_or(|state| state == name(&service.state))
    }
}

impl Default for Services {
    fn default() -> Self {
        Self::new()
    }
}

/// A state's name.
pub(super) fn name(state: &ServiceState) -> ServiceStateName {
    match state {
        ServiceState::Provisioning { .. } => ServiceStateName::Provisioning,
        ServiceState::Active { .. } => ServiceStateName::Active,
        ServiceState::Expired { .. } => ServiceStateName::Expired,
        ServiceState::Closed { .. } => ServiceStateName::Closed,
    }
}

impl Page for Services {
    type Msg = Msg;

    fn begin(&mut self) -> Vec<Effect<Msg>> {
        vec![get(api::SERVICES.to_owned(), Msg::Loaded)]
    }

    fn update(&mut self, message: Msg) -> Vec<Effect<Msg>> {
        match message {
            Msg::Loaded(list) => self.services = list.map(|list| list.services).into(),
            Msg::State(state) => self.state = state,
        }
        Vec::new()
    }
}
