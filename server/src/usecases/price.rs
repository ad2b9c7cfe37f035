//! A price: computed, neither signed nor kept.

use shared::lifecycle::Quote;

use super::market::Market;
use super::request::json;
use crate::failure::Failure;

impl Market {
    /// The quote for what `body` (a [`shared::api::PriceRequest`]) asks for, bought now.
    pub fn price(&self, body: &[u8]) -> Result<Quote, Failure> {
        Ok(self.priced(&json(body)?, &["product", "selection"], self.clock.now())?.quote)
    }
}
