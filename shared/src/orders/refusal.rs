//! Why a step on an order or a service is refused: a stable code, and a sentence in both languages.

use crate::money::Fen;
use crate::violation::Violation;

/// A refusal. Nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq, strum::EnumIter)]
pub enum Refused {
    /// What was chosen cannot be bought, or tried: everything wrong with it.
    Selection(Vec<Violation>),
    /// The product takes no new purchases and trials (rule P8).
    ProductNotForSale,
    /// The quotation's 15 minutes are over (rule O1).
    QuoteExpired,
    /// An order was made from the quotation already (rule O1).
    QuoteUsed,
    /// Priced again, the total is not the quotation's.
    AmountMismatch,
    /// The version of the agreement that was accepted is not the product's present one (rule O1).
    AgreementNotAccepted,
    /// Only an unpaid order can be cancelled, repriced or paid, and only before it closes (rule O2).
    OrderNotUnpaid,
    /// The new amount is below nothing, above all limits, or the same as before.
    RepriceAmountInvalid,
    /// The reason is empty or longer than 200 characters.
    RepriceReasonInvalid,
    /// Money that arrived is above zero, and within all limits.
    AmountInvalid,
    /// A part of the amount has arrived by transfer: the rest has to come that way too.
    TransferBegun,
    /// Only a service that is being provisioned can be marked as opened (rule L1).
    ServiceNotProvisioning,
    /// The edition has no trial (rule L13).
    TrialNotOffered,
    /// The enterprise has tried the product already (rule L13).
    TrialTaken,
    /// No extra trial belongs to the service (rule L13).
    ExtraTrialNotOffered,
    /// The extra trial has been taken (rule L13).
    ExtraTrialTaken,
    /// The trial has not ended yet, or has been closed (rule L13).
    ExtraTrialNotNow,
    /// The service is not what it was when the quotation was made.
    ServiceChanged,
    /// The change forfeits so much credit, or shortens the service, and that was not confirmed (rule O1).
    ForfeitNotAccepted(Fen),
    /// While a refund is under review, nothing new is ordered of the product, and no other refund asked for (rule O4).
    RefundUnderReview,
    /// Only a paid order is refunded; a trial cost nothing.
    RefundNotPaid,
    /// More than 10 × 24 h have passed since the payment (rule O4).
    RefundTooLate,
    /// Only the last order of the product is refunded (rule O4).
    RefundNotLast,
    /// An invoice was issued for the order (rule O5).
    RefundInvoiced,
    /// An invoice was asked for; the request can be withdrawn (rule O5).
    RefundInvoiceOpen,
    /// The ISV recorded an offline refund of the order, which the buyer has still to confirm or deny (rule O10).
    RefundOfflineOpen,
    /// Something of the order was refunded offline (rule O10); a refund is of the whole amount.
    RefundOffline,
    /// A reason is 1 to 200 characters long.
    RefundReasonInvalid,
    /// The refund is not under review any more.
    RefundNotReviewing,
    /// No money of the refund waits to be sent.
    RefundNotRefunding,
}

impl Refused {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Selection(_) => "invalid_selection",
            Self::ProductNotForSale => "product_not_for_sale",
            Self::QuoteExpired => "quote_expired",
            Self::QuoteUsed => "quote_used",
            Self::AmountMismatch => "amount_mismatch",
            Self::AgreementNotAccepted => "agreement_not_accepted",
            Self::OrderNotUnpaid => "order_not_unpaid",
            Self::RepriceAmountInvalid => "reprice_amount_invalid",
            Self::RepriceReasonInvalid => "reprice_reason_invalid",
            Self::AmountInvalid => "amount_invalid",
            Self::TransferBegun => "transfer_begun",
            Self::ServiceNotProvisioning => "service_not_provisioning",
            Self::TrialNotOffered => "trial_not_offered",
            Self::TrialTaken => "trial_taken",
            Self::ExtraTrialNotOffered => "extra_trial_not_offered",
            Self::ExtraTrialTaken => "extra_trial_taken",
            Self::ExtraTrialNotNow => "extra_trial_not_now",
            Self::ServiceChanged => "service_changed",
            Self::ForfeitNotAccepted(_) => "forfeit_not_accepted",
            Self::RefundUnderReview => "refund_under_review",
            Self::RefundNotPaid => "refund_not_paid",
            Self::RefundTooLate => "refund_too_late",
            Self::RefundNotLast => "refund_not_last",
            Self::RefundInvoiced => "refund_invoiced",
            Self::RefundInvoiceOpen => "refund_invoice_open",
            Self::RefundOfflineOpen => "refund_offline_open",
            Self::RefundOffline => "refund_offline",
            Self::RefundReasonInvalid => "refund_reason_invalid",
            Self::RefundNotReviewing => "refund_not_reviewing",
            Self::RefundNotRefunding => "refund_not_refunding",
        }
    }

    /// What happened and what to do, in Chinese and in English.
    #[expect(clippy::too_many_lines, reason = "a table")]
    pub const fn sentences(&self) -> (&'static str, &'static str) {
        match self {
            Self::Selection(_) => (
                "所选内容无法购买，请按列出的问题逐项修改。",
                "What was chosen cannot be bought. Mend each point that is listed.",
            ),
            Self::ProductNotForSale => (
                "该商品已停止新购与试用；已开通的服务不受影响，仍可续费。",
                "This product takes no new purchases and trials. Running services go on and can be renewed.",
            ),
            Self::QuoteExpired => (
                "报价单已过有效期，请重新报价后再下单。",
                "The quotation is no longer valid. Get a fresh one, then order.",
            ),
            Self::QuoteUsed => (
                "该报价单已用于下单，请到“我的订单”查看；再次购买请重新报价。",
                "An order was made from this quotation. Look for it in My orders; to buy again, get a fresh quotation.",
            ),
            Self::AmountMismatch => (
                "重新计价的合计与报价单不一致，未下单。请重新报价并核对。",
                "Priced again, the total is not the quotation's. Nothing was ordered. Get a fresh quotation and check it.",
            ),
            Self::AgreementNotAccepted => (
                "商品协议已更新，请阅读并同意现行版本后再下单。",
                "The product's agreement has been revised. Read and accept the present version, then order.",
            ),
            Self::OrderNotUnpaid => (
                "订单已支付、已取消或已超过支付期限，无法执行此操作。请刷新订单查看最新状态。",
                "The order is paid, cancelled or past its time to pay, so this cannot be done. Reload it to see where it stands.",
            ),
            Self::RepriceAmountInvalid => (
                "改价后的金额须与当前金额不同，且不小于 0、不超过金额上限。",
                "The new amount has to differ from the present one, and be from 0 up to the limit.",
            ),
            Self::RepriceReasonInvalid => {
                ("请填写改价原因，最多 200 个字符。", "Give a reason for the new price, at most 200 characters long.")
            }
            Self::AmountInvalid => {
                ("到账金额须大于 0，且不超过金额上限。", "An amount that arrived is above 0 and within the limit.")
            }
            Self::TransferBegun => (
                "该订单已收到部分汇款，请以转账方式补足余款；如需改用其他方式，请取消订单，已收款项将退回。",
                "A part of the amount has arrived by transfer. Send the rest the same way, or cancel the order: what arrived is returned.",
            ),
            Self::ServiceNotProvisioning => (
                "只有开通中的服务可以标记为已开通。请刷新服务查看最新状态。",
                "Only a service that is being provisioned can be marked as opened. Reload it to see where it stands.",
            ),
            Self::TrialNotOffered => (
                "该版本不提供试用，可选择其他版本或直接购买。",
                "This edition has no trial. Choose another, or buy it.",
            ),
            Self::TrialTaken => (
                "贵企业已试用过该商品，每个企业只能试用一次。可直接购买。",
                "Your enterprise has tried this product; each can do so once. You can buy it.",
            ),
            Self::ExtraTrialNotOffered => {
                ("该服务没有额外试用，可直接购买。", "No extra trial belongs to this service. You can buy it.")
            }
            Self::ExtraTrialTaken => (
                "额外试用只能使用一次，现已用过。可直接购买。",
                "The extra trial has been taken; there is one. You can buy it.",
            ),
            Self::ExtraTrialNotNow => (
                "额外试用须在试用到期后、服务关闭前申请。",
                "An extra trial can be taken after the trial has ended and until the service is closed.",
            ),
            Self::ServiceChanged => (
                "报价之后该服务已有变化，请按附上的新报价核对后再下单。",
                "The service has changed since it was quoted. Check the fresh quote attached, then order.",
            ),
            Self::ForfeitNotAccepted(_) => (
                "此变更会放弃部分剩余价值，或使服务提前到期，须在下单时单独确认：accept_forfeit 填写放弃的金额。",
                "This change forfeits credit or ends the service earlier. Confirm it: give the amount forfeited as accept_forfeit.",
            ),
            Self::RefundUnderReview => (
                "该商品有退款正在审核，审核结束前不能下新订单，也不能再申请退款。如需继续购买，请先撤回退款申请。",
                "A refund of this product is under review. Until it has ended, nothing new can be ordered or refunded. Withdraw it to go on.",
            ),
            Self::RefundNotPaid => (
                "只有已支付的订单可以退款；未支付的订单可直接取消，试用无需退款。",
                "Only a paid order can be refunded. An unpaid one can be cancelled; a trial cost nothing.",
            ),
            Self::RefundTooLate => (
                "支付已超过 10 天，不能再申请退款。",
                "More than 10 days have passed since the payment, so it cannot be refunded any more.",
            ),
            Self::RefundNotLast => (
                "只能退该商品最近的一笔订单。请先退之后的订单。",
                "Only the last order of a product can be refunded. Refund the later ones first.",
            ),
            Self::RefundInvoiced => {
                ("该订单已开具发票，不能退款。", "An invoice was issued for this order, so it cannot be refunded.")
            }
            Self::RefundInvoiceOpen => (
                "该订单有待开具的发票，请先撤回开票申请，再申请退款。",
                "An invoice was asked for this order. Withdraw that request, then ask for the refund.",
            ),
            Self::RefundOfflineOpen => (
                "该订单有待确认的线下退款，请先确认或否认，再申请退款。",
                "The vendor recorded an offline refund of this order. Confirm or deny it, then ask for the refund.",
            ),
            Self::RefundOffline => (
                "该订单已有确认的线下退款，线上只能全额退款，不能再申请。其余款项请与服务商协商线下退款。",
                "A part of this order was refunded offline. A refund here is of the whole amount, so agree on the rest with the vendor.",
            ),
            Self::RefundReasonInvalid => {
                ("请填写原因，最多 200 个字符。", "Give a reason, at most 200 characters long.")
            }
            Self::RefundNotReviewing => (
                "该退款已不在审核中。请刷新查看最新状态。",
                "This refund is not under review any more. Reload it to see where it stands.",
            ),
            Self::RefundNotRefunding => (
                "该退款没有待退回的款项。请刷新查看最新状态。",
                "No money of this refund waits to be sent back. Reload it to see where it stands.",
            ),
        }
    }
}
