//! Why a step after the sale is refused: a stable code, and a sentence in both languages.

/// A refusal. Nothing has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumIter)]
pub enum Refused {
    /// The order is not paid, or was refunded.
    OrderNotPaid,
    /// Nothing was paid for the order.
    NothingPaid,
    /// An invoice of the order is open or issued (rule O5).
    InvoiceExists,
    /// A title is 1 to 100 characters long, on one line.
    InvoiceTitleInvalid,
    /// The tax number has another form, or a wrong check digit.
    TaxNumberInvalid,
    /// This can be no mail address.
    EmailInvalid,
    /// Only an open invoice can be withdrawn, issued or rejected.
    InvoiceNotOpen,
    /// A number is 1 to 40 letters, digits and hyphens long.
    InvoiceNumberInvalid,
    /// A reason is 1 to 200 characters long.
    ReasonInvalid,
    /// Only purchases are reviewed (rule O6).
    NotAPurchase,
    /// There is a review, or an addition to it, already.
    Reviewed,
    /// 1 to 5 stars.
    StarsInvalid,
    /// A text is 1 to 500 characters long.
    TextInvalid,
    /// There is nothing that could be answered.
    NothingToAnswer,
    /// It was answered already.
    Answered,
    /// A complaint of the order is open (rule O7).
    ComplaintExists,
    /// The complaint was withdrawn or decided.
    ComplaintNotOpen,
    /// A refund of the order waits for the buyer's confirmation (rule O10).
    OfflineExists,
    /// More than nothing, and with what was confirmed before no more than was paid.
    OfflineAmountInvalid,
    /// The buyer has confirmed or declined it.
    OfflineNotOpen,
    /// A refund of the order is under review: until it has ended, nothing is invoiced and nothing refunded offline (rule O4).
    RefundUnderReview,
    /// The month is not closed yet (rule O8).
    MonthOpen,
    /// The month was paid out already.
    PaidOut,
    /// Nothing of the month is payable.
    NothingPayable,
    /// A reference is 1 to 64 characters long.
    ReferenceInvalid,
}

impl Refused {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::OrderNotPaid => "order_not_paid",
            Self::NothingPaid => "nothing_paid",
            Self::InvoiceExists => "invoice_exists",
            Self::InvoiceTitleInvalid => "invoice_title_invalid",
            Self::TaxNumberInvalid => "tax_number_invalid",
            Self::EmailInvalid => "email_invalid",
            Self::InvoiceNotOpen => "invoice_not_open",
            Self::InvoiceNumberInvalid => "invoice_number_invalid",
            Self::ReasonInvalid => "reason_invalid",
            Self::NotAPurchase => "not_a_purchase",
            Self::Reviewed => "already_reviewed",
            Self::StarsInvalid => "stars_invalid",
            Self::TextInvalid => "text_invalid",
            Self::NothingToAnswer => "nothing_to_answer",
            Self::Answered => "already_answered",
            Self::ComplaintExists => "complaint_exists",
            Self::ComplaintNotOpen => "complaint_not_open",
            Self::OfflineExists => "offline_refund_exists",
            Self::OfflineAmountInvalid => "offline_refund_amount_invalid",
            Self::OfflineNotOpen => "offline_refund_not_open",
            Self::RefundUnderReview => "refund_under_review",
            Self::MonthOpen => "month_open",
            Self::PaidOut => "already_paid_out",
            Self::NothingPayable => "nothing_payable",
            Self::ReferenceInvalid => "reference_invalid",
        }
    }

    /// What was said is wrong in itself, however things stand.
    pub const fn is_about_input(self) -> bool {
        matches!(
            self,
            Self::InvoiceTitleInvalid
                | Self::TaxNumberInvalid
                | Self::EmailInvalid
                | Self::InvoiceNumberInvalid
                | Self::ReasonInvalid
                | Self::StarsInvalid
                | Self::TextInvalid
                | Self::ReferenceInvalid
                | Self::OfflineAmountInvalid
        )
    }

    /// What happened and what to do, in Chinese and in English.
    pub const fn sentences(self) -> (&'static str, &'static str) {
        match self {
            Self::OrderNotPaid => (
                "订单尚未支付，或已取消、已退款，无法执行此操作。",
                "The order is not paid, was cancelled or refunded, so this cannot be done.",
            ),
            Self::NothingPaid => (
                "该订单没有实付金额，无需开具发票。",
                "Nothing was paid for this order, so there is nothing to invoice.",
            ),
            Self::InvoiceExists => (
                "该订单已有待开具或已开具的发票。如需修改，请先撤回待开具的申请。",
                "An invoice of this order is open or issued. To change an open request, withdraw it first.",
            ),
            Self::InvoiceTitleInvalid => {
                ("请填写发票抬头，最多 100 个字符。", "Give the invoice's title, at most 100 characters long.")
            }
            Self::TaxNumberInvalid => (
                "纳税人识别号不正确：请核对 18 位统一社会信用代码（也接受 15 位或 20 位税号）。",
                "This is no tax number. Check the unified social credit code of 18 characters; older ones of 15 or 20 are taken too.",
            ),
            Self::EmailInvalid => ("邮箱地址不正确，请检查后重新填写。", "This can be no mail address. Check it."),
            Self::InvoiceNotOpen => (
                "该发票申请已开具、已驳回或已撤回。请刷新查看最新状态。",
                "This invoice has been issued, rejected or withdrawn. Reload it to see where it stands.",
            ),
            Self::InvoiceNumberInvalid => (
                "发票号码须为 1 至 40 位字母、数字或连字符。",
                "An invoice's number has 1 to 40 letters, digits and hyphens.",
            ),
            Self::ReasonInvalid => ("请填写原因，最多 200 个字符。", "Give a reason, at most 200 characters long."),
            Self::NotAPurchase => (
                "只有新购订单可以评价，试用、续费和变更订单不单独评价。",
                "Only purchases are reviewed; trials, renewals and changes are not reviewed by themselves.",
            ),
            Self::Reviewed => (
                "该订单已评价；每个订单可评价一次、追评一次。",
                "This order has been reviewed already: there is one review, and one addition to it.",
            ),
            Self::StarsInvalid => ("请选择 1 至 5 星。", "Choose 1 to 5 stars."),
            Self::TextInvalid => (
                "请填写内容：评价与回复最多 500 个字符，投诉最多 1000 个字符。",
                "Write something: a review at most 500 characters long, a complaint at most 1000.",
            ),
            Self::NothingToAnswer => ("没有可以回复的追评。", "There is no addition to this review to be answered."),
            Self::Answered => ("已回复过，每条只能回复一次。", "It was answered already; that can be done once."),
            Self::ComplaintExists => (
                "该订单已有处理中的投诉，请等待处理结果，或先撤回。",
                "A complaint of this order is open. Wait for the decision, or take it back first.",
            ),
            Self::ComplaintNotOpen => (
                "该投诉已撤回或已结案。请刷新查看最新状态。",
                "This complaint was taken back or decided. Reload it to see where it stands.",
            ),
            Self::OfflineExists => (
                "该订单已有待企业确认的线下退款。",
                "An offline refund of this order waits for the buyer's confirmation.",
            ),
            Self::OfflineAmountInvalid => (
                "线下退款金额须大于 0，且与已确认的线下退款合计不超过订单实付金额。",
                "An offline refund is above 0 and, with those confirmed before, no more than was paid for the order.",
            ),
            Self::OfflineNotOpen => (
                "该线下退款已确认或已否认。请刷新查看最新状态。",
                "This offline refund was confirmed or declined. Reload it to see where it stands.",
            ),
            Self::RefundUnderReview => (
                "该订单有退款正在审核，审核结束或撤回之前不能申请发票，也不能登记线下退款。",
                "A refund of this order is under review. Until it has ended or is withdrawn, no invoice is asked for and no offline refund recorded.",
            ),
            Self::MonthOpen => (
                "该月尚未结账，月份结束一小时后自动结账。",
                "The month is not closed yet. It closes by itself, an hour after its end.",
            ),
            Self::PaidOut => ("该月已经付款。", "The month was paid out already."),
            Self::NothingPayable => ("该月没有应付金额。", "Nothing of this month is payable."),
            Self::ReferenceInvalid => {
                ("请填写付款流水号，最多 64 个字符。", "Give the payment's reference, at most 64 characters long.")
            }
        }
    }
}
