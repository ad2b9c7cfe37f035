//! The sandbox's payment provider: its payments, its signed notifications, and what the market makes of them.
//!
//! The two sides know each other only by what is sent: the provider keeps payments and notifications to send; the market
//! checks the signature of what arrives. A notification is sent until it is answered.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use shared::api::{PaymentNotification, Play, PlayRequest, RefundNotification, SandboxPayment, SandboxState};
use shared::calendar::Timestamp;
use shared::money::Fen;
use shared::orders::{Method, Money, OrderState};

use super::super::form;
use super::super::ids::Ids;
use super::super::market::Market;
use super::Receive;
use crate::failure::{Failure, Trade};
use crate::store::orders::{self, StoredOrder};
use crate::store::sandbox::{self, Outgoing, Payment};
use crate::store::tenant::Tenant;
use crate::store::words::Words;
use crate::store::{Sql, Step};

/// How many times a notification that is played double arrives.
const DOUBLE: u32 = 10;
/// How long after the order's close a late one comes, in seconds.
const LATE: i64 = 60;

/// A notification with its signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// The JSON text of a [`PaymentNotification`].
    pub body: String,
    /// HMAC-SHA-256 over it, hexadecimal.
    pub signature: String,
}

/// A payment and its order.
struct Look(String);

impl Step for Look {
    type Done = (Payment, StoredOrder);
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Self::Done, Failure> {
        let payment = sandbox::payment(sql, &self.0).await?.ok_or(Trade::PaymentNotFound)?;
        let order = orders::find(sql, &payment.order, Tenant::Market).await?.ok_or(Trade::PaymentNotFound)?;
        Ok((payment, order))
    }
}

/// What the payer has the provider do.
struct Act {
    payment: String,
    play: Play,
    ids: Ids,
    now: Timestamp,
}

/// What became of it.
struct Acted {
    /// The payment as its page shows it.
    page: SandboxPayment,
    /// What is to be sent at once, in order. It is kept to be sent, too, until it is answered.
    at_once: Vec<Outgoing>,
}

impl Step for Act {
    type Done = Acted;
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Acted, Failure> {
        let payment = sandbox::payment(sql, &self.payment).await?.ok_or(Trade::PaymentNotFound)?;
        if payment.state != SandboxState::Open {
            return Err(Trade::PaymentDone.into());
        }
        let order = orders::find(sql, &payment.order, Tenant::Market).await?.ok_or(Trade::PaymentNotFound)?;
        let mut at_once = Vec::new();
        for (n, (due_at, notification)) in (1..).zip(self.notifications(&payment, &order)) {
            let body = serde_json::to_string(&notification).map_err(|error| Failure::Internal(error.to_string()))?;
            let outgoing = Outgoing { id: self.ids.nth(n), due_at, body };
            sandbox::send_later(sql, &outgoing).await?;
            if due_at <= self.now {
                at_once.push(outgoing);
            }
        }
        let state = match self.play {
            Play::Refuse => SandboxState::Refused,
            // The provider took nothing of the right amount: the payer can try again.
            Play::WrongAmount => SandboxState::Open,
            _ => SandboxState::Paid,
        };
        sandbox::set_payment(sql, &payment.id, state).await?;
        Ok(Acted { page: page(Payment { state, ..payment }, order), at_once })
    }
}

impl Act {
    /// What the provider will send, and when.
    fn notifications(&self, payment: &Payment, order: &StoredOrder) -> Vec<(Timestamp, PaymentNotification)> {
        let notification = |state, amount| PaymentNotification {
            payment: payment.id.clone(),
            transaction: self.ids.nth(0),
            order: payment.order.clone(),
            amount,
            state,
            at: self.now,
        };
        let paid = notification(SandboxState::Paid, payment.amount);
        let after = |seconds| self.now.plus_seconds(seconds).unwrap_or(self.now);
        match self.play {
            Play::Pay => vec![(self.now, paid)],
            Play::Late => {
                let closes_at = match order.order.state {
                    OrderState::Unpaid { closes_at } => closes_at,
                    _ => self.now,
                };
                vec![(closes_at.plus_seconds(LATE).unwrap_or(closes_at), paid)]
            }
            Play::Double => (0..DOUBLE).map(|_| (self.now, paid.clone())).collect(),
            // Those that got lost never arrive; the one that is sent again does.
            Play::Lost => vec![(after(sandbox::PAUSE), paid)],
            Play::OutOfOrder => {
                let opened = notification(SandboxState::Open, payment.amount);
                vec![(self.now, paid), (after(1), opened)]
            }
            Play::WrongAmount => {
                let less = if payment.amount > Fen::new(1) { payment.amount - Fen::new(1) } else { Fen::new(2) };
                vec![(self.now, notification(SandboxState::Paid, less))]
            }
            Play::Refuse => vec![(self.now, notification(SandboxState::Refused, payment.amount))],
        }
    }
}

/// The first notification that is due.
struct Next(Timestamp);

impl Step for Next {
    type Done = Option<Outgoing>;
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Self::Done, Failure> {
        Ok(sandbox::next_outgoing(sql, self.0).await?)
    }
}

/// When a notification is struck from those to be sent.
enum Answered {
    /// It was, in the transaction that took its money in.
    WithIt,
    /// It is to be.
    Afterwards,
}

/// A notification was answered.
struct Sent(String);

impl Step for Sent {
    type Done = ();
    type Refused = Failure;

    async fn take(&self, sql: &mut dyn Sql) -> Result<(), Failure> {
        Ok(sandbox::sent(sql, &self.0).await?)
    }
}

impl Market {
    /// A payment as the provider's page shows it. Its id cannot be guessed, and is all that the page asks for.
    pub async fn sandbox_payment(&self, id: &str) -> Result<SandboxPayment, Failure> {
        let (payment, order) = self.store.read(Look(id.to_owned())).await?;
        Ok(page(payment, order))
    }

    /// Has the provider do what the payer chose, and sends what it sends at once.
    pub async fn play(&self, id: &str, body: &[u8]) -> Result<SandboxPayment, Failure> {
        let PlayRequest { play } = form::read(body)?;
        // Others may send theirs meanwhile; time stands still, so that what is sent comes before what is due later.
        let _turn = self.due_turn.read().await;
        let now = self.clock.now();
        let act = Act { payment: id.to_owned(), play, ids: self.ids()?, now };
        let Acted { page, at_once } = self.store.write(act).await?;
        for outgoing in at_once {
            self.notify(outgoing).await?;
        }
        Ok(page)
    }

    /// When the first notification is due, if that is not after `now`.
    pub(in crate::usecases) async fn next_notification(&self, now: Timestamp) -> Result<Option<Outgoing>, Failure> {
        self.store.read(Next(now)).await
    }

    /// Sends one; until it is answered it stays to be sent.
    pub(in crate::usecases) async fn notify(&self, outgoing: Outgoing) -> Result<(), Failure> {
        let signed = Signed { signature: self.signature(&outgoing.body), body: outgoing.body };
        match self.notified_at(&signed, outgoing.due_at, Some(&outgoing.id)).await {
            Ok(Answered::WithIt) => Ok(()),
            // What is refused would be refused again.
            Ok(Answered::Afterwards)
            | Err(
                Failure::Trade(Trade::OrderNotFound | Trade::RefundNotFound)
                | Failure::Malformed(_)
                | Failure::Refused(_),
            ) => self.store.write(Sent(outgoing.id)).await,
            Err(failure) => Err(failure),
        }
    }

    /// A provider's notification has arrived.
    pub async fn notified(&self, signed: &Signed) -> Result<(), Failure> {
        self.notified_at(signed, self.clock.now(), None).await.map(|_| ())
    }

    /// The same; `sent` is what the sandbox's provider keeps it under until it is answered.
    async fn notified_at(&self, signed: &Signed, now: Timestamp, sent: Option<&str>) -> Result<Answered, Failure> {
        let claimed = hex(&signed.signature).ok_or(Trade::SignatureInvalid)?;
        self.mac(&signed.body).verify_slice(&claimed).map_err(|_| Trade::SignatureInvalid)?;
        if let Ok(told) = form::read::<RefundNotification>(signed.body.as_bytes()) {
            self.refund_notified(told, now).await?;
            return Ok(Answered::Afterwards);
        }
        let told: PaymentNotification = form::read(signed.body.as_bytes())?;
        if told.state != SandboxState::Paid {
            return Ok(Answered::Afterwards);
        }
        let order = self.store.read(FindAny(told.order)).await?.order;
        let offer = self.offer(&order.product, order.revision).await?;
        let money = Money { transaction: told.transaction, amount: told.amount, via: Method::Sandbox };
        let (order, enterprise, sent) = (order.id, order.enterprise, sent.map(str::to_owned));
        self.store.write(Receive { order, enterprise, money, offer, sent, ids: self.ids()?, now }).await?;
        Ok(Answered::WithIt)
    }

    fn mac(&self, body: &str) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.provider_key).expect("HMAC takes a key of any length");
        mac.update(body.as_bytes());
        mac
    }

    fn signature(&self, body: &str) -> String {
        use std::fmt::Write as _;
        let bytes = self.mac(body).finalize().into_bytes();
        bytes.iter().fold(String::new(), |mut text, byte| {
            // Writing to a string does not fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
    }
}

fn page(payment: Payment, order: StoredOrder) -> SandboxPayment {
    let Payment { id, order: of, amount, state } = payment;
    let Words { product_name, vendor, .. } = order.words;
    SandboxPayment { id, order: of, product_name, vendor, amount, state }
}

/// The order of this id, whosever it is.
struct FindAny(String);

impl Step for FindAny {
    type Done = StoredOrder;
    type Refused = Failure;
    const BRIEF: bool = true;

    async fn take(&self, sql: &mut dyn Sql) -> Result<StoredOrder, Failure> {
        orders::find(sql, &self.0, Tenant::Market).await?.ok_or(Trade::OrderNotFound.into())
    }
}

fn hex(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> =
        text.chars().map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok())).collect::<Option<_>>()?;
    digits.len().is_multiple_of(2).then(|| digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}
