//! What is open of the editor.

/// The parts of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Editions with terms, prices and charges.
    Editions,
    /// The product's charges.
    Charges,
    /// Which edition can be upgraded to which.
    Upgrades,
    /// How it is sold, offers, the cap.
    Rules,
    /// Golden cases.
    Cases,
    /// The configurator on other sites.
    Sites,
    /// Publishing.
    Publish,
}

/// What stands beside the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The form itself, on a screen that has no room for both.
    Form,
    /// What a buyer sees.
    Preview,
    /// What is wrong, and what is probably not meant.
    Findings,
    /// What would change.
    Changes,
}
