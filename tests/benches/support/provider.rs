//! A payment provider, as another company's server would be one: it tells the market of money, signed.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use hmac::{Hmac, KeyInit, Mac};
use server::store::Store;
use server::store::sandbox;
use sha2::Sha256;
use shared::api::{PaymentNotification, SANDBOX_NOTIFY, SandboxState};
use shared::calendar::Timestamp;
use shared::money::Fen;

use crate::client::post;

/// The sandbox's provider, by the key that it shares with the market.
pub(crate) struct Provider {
    key: Vec<u8>,
    at: Timestamp,
    transactions: AtomicU64,
}

impl Provider {
    /// Of the market in this folder, or in the database at this address.
    pub(crate) async fn of(folder: &Path, database: Option<&str>, at: Timestamp) -> Self {
        let store = Store::look(folder, database).await.expect("a store");
        let settings = store.read(sandbox::Open { key: Vec::new() }).await.expect("settings");
        store.close().await;
        Self { key: settings.key, at, transactions: AtomicU64::new(0) }
    }

    /// The request that tells of a whole payment.
    pub(crate) fn paid(&self, payment: &str, order: &str, amount: Fen) -> String {
        let transaction = format!("{:012}", self.transactions.fetch_add(1, Ordering::Relaxed));
        let (payment, order) = (payment.to_owned(), order.to_owned());
        let told = PaymentNotification { payment, transaction, order, amount, state: SandboxState::Paid, at: self.at };
        let body = serde_json::to_string(&told).expect("JSON");
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key).expect("a key of any length");
        mac.update(body.as_bytes());
        let signature =
            mac.finalize().into_bytes().iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
        post(SANDBOX_NOTIFY, &format!("quotient-sandbox-signature: {signature}\r\n"), &body)
    }
}
