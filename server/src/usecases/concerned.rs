//! Who is told of what.

use shared::api::Role;
use shared::orders::{Notice, NoticeKind, Recipient};

/// Whose roles a notice concerns.
pub(super) fn concerned(notice: &Notice) -> &'static [Role] {
    let money = matches!(
        notice.kind,
        NoticeKind::MoneyReturned { .. }
            | NoticeKind::TransferShort { .. }
            | NoticeKind::InvoiceRequested { .. }
            | NoticeKind::InvoiceWithdrawn { .. }
            | NoticeKind::InvoiceIssued { .. }
            | NoticeKind::InvoiceRejected { .. }
            | NoticeKind::MonthSettled { .. }
            | NoticeKind::MonthPaidOut { .. }
            | NoticeKind::RefundApproved { .. }
            | NoticeKind::RefundSent { .. }
    );
    // Who has which of the roles says whether it is an enterprise's or an ISV's.
    match (&notice.to, money) {
        (Recipient::Operator, _) => &[Role::Operator],
        (Recipient::Organisation(_), true) => &[Role::BuyerAdmin, Role::BuyerFinance, Role::IsvOwner],
        (Recipient::Organisation(_), false) => &[Role::BuyerAdmin, Role::IsvOwner, Role::IsvSupport],
    }
}
