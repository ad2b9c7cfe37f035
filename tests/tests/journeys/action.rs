//! What can be done in a market.

use serde_json::Value;

/// One thing that somebody does.
#[derive(Clone, Debug)]
pub(crate) enum Action {
    /// A buyer buys: a quotation and its order.
    Buy { buyer: usize, body: Value, method: &'static str },
    /// A buyer renews or changes a service: a quotation and its order.
    Change { buyer: usize, body: Value, method: &'static str },
    /// A buyer pays with the sandbox's provider, which plays something.
    Pay { buyer: usize, order: String, play: &'static str },
    /// The operator confirms a transfer.
    Transfer { reference: String, amount: String },
    /// The ISV changes what an order costs.
    Reprice { order: String, amount: String },
    /// A buyer takes an order back.
    Cancel { buyer: usize, order: String },
    /// The ISV has opened a service.
    Open { service: String },
    /// A buyer begins a trial.
    Trial { buyer: usize, body: Value },
    /// A buyer takes the extra trial.
    ExtraTrial { buyer: usize, service: String },
    /// A buyer asks for a refund.
    AskRefund { buyer: usize, order: String },
    /// A refund goes on.
    Refund { id: String, how: RefundStep },
    /// New prices of the product.
    Publish { product: usize, config: Value },
    /// Time passes.
    Pass { seconds: u32 },
    /// The server is killed and started again.
    Crash,
}

/// How a refund goes on.
#[derive(Clone, Copy, Debug)]
pub(crate) enum RefundStep {
    /// The buyer takes it back.
    Withdraw { buyer: usize },
    /// The ISV agrees.
    Approve,
    /// The ISV does not.
    Reject,
    /// The operator has sent the money.
    Sent,
}
