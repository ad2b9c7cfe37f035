//! A form as it was read: everything that is wrong with it, or the offer that it stands for.

use std::collections::HashMap;
use std::sync::Arc;

use shared::catalog::{Offer, before_listing, locked};
use shared::golden::{self, Difference};
use shared::violation::Violation;

use crate::workbench::form::Form;

/// What a form comes to.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The offer, where the form is valid.
    pub offer: Option<Arc<Offer>>,
    /// The latest valid offer, which is shown while something is wrong.
    pub last: Option<Arc<Offer>>,
    /// Everything that is wrong (rule S18), then what may not change any more (rules S4, S13).
    pub wrong: Vec<Violation>,
    /// What is different in each golden case; all are good while the form is not valid.
    pub cases: Vec<Vec<Difference>>,
    places: HashMap<String, usize>,
}

/// Whether a place is of a renewal price that follows the purchase price: what is wrong with it is said there.
fn follows(form: &Form, at: &str) -> bool {
    let edition = at.strip_prefix("/editions/").and_then(|rest| rest.split('/').next()?.parse::<usize>().ok());
    let same = edition.and_then(|edition| form.editions.get(edition)).is_some_and(|edition| edition.renew_same);
    same && at.split('/').any(|part| part == "renew")
}

impl Checked {
    /// Reads a form. `published` is what was submitted and holds buyers' services; `last` the offer that was valid last.
    pub fn of(form: &Form, published: Option<&Offer>, last: Option<Arc<Offer>>) -> Self {
        let config = form.config();
        let (offer, mut wrong) = match Offer::parse(&config) {
            Ok(offer) => (Some(Arc::new(offer)), Vec::new()),
            Err(violations) => {
                (None, violations.into_iter().filter(|violation| !follows(form, &violation.at)).collect())
            }
        };
        if let Some(offer) = &offer {
            wrong = published.map_or_else(|| before_listing(offer), |published| locked(published, offer));
        }
        let cases = match &offer {
            Some(offer) => golden::check_offer(offer, &form.golden()),
            None => vec![Vec::new(); form.cases.len()],
        };
        let mut places = HashMap::new();
        for (index, violation) in wrong.iter().enumerate() {
            places.entry(violation.at.clone()).or_insert(index);
        }
        Self { last: offer.clone().or(last), offer, wrong, cases, places }
    }

    /// What is wrong at a place.
    pub fn at(&self, pointer: &str) -> Option<&Violation> {
        self.places.get(pointer).map(|index| &self.wrong[*index])
    }

    /// How many golden cases fail.
    pub fn failing(&self) -> usize {
        self.cases.iter().filter(|differences| !differences.is_empty()).count()
    }
}
