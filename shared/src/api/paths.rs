//! Every path, once.

/// The published products: GET → [`super::ProductList`].
pub const PRODUCTS: &str = "/api/products";
/// One product: GET → [`super::Product`].
pub const PRODUCT: &str = "/api/products/{slug}";
/// A price, neither signed nor stored: POST [`super::PriceRequest`] → a [`crate::lifecycle::Quote`].
pub const PRICES: &str = "/api/prices";
/// A signed and stored quotation: POST [`super::QuoteRequest`], or [`super::ServiceQuoteRequest`] → 201 [`super::Signed`].
pub const QUOTES: &str = "/api/quotes";
/// A stored quotation: GET → [`super::Signed`].
pub const QUOTE: &str = "/api/quotes/{id}";
/// The session: POST [`super::SignIn`] → [`super::Who`]; GET → [`super::Who`]; DELETE signs out.
pub const SESSION: &str = "/api/session";
/// All sessions of who is signed in: DELETE signs out everywhere.
pub const SESSIONS: &str = "/api/sessions";
/// The demo market's accounts: GET → [`super::DemoAccounts`].
pub const DEMO_ACCOUNTS: &str = "/api/demo/accounts";
/// Signing in to one of them: POST [`super::DemoSignIn`] → [`super::Who`].
pub const DEMO_SESSION: &str = "/api/demo/session";
/// The password of who is signed in: POST [`super::PasswordChange`].
pub const PASSWORD: &str = "/api/password";
/// In what notices are mailed: POST [`super::LanguageRequest`] → 204.
pub const LANGUAGE: &str = "/api/language";
/// One's organisation's members: GET → [`super::Members`].
pub const MEMBERS: &str = "/api/members";
/// Invitations: GET → [`super::InvitationList`]; POST [`super::InvitationRequest`] → 201 [`super::InvitationMade`].
pub const INVITATIONS: &str = "/api/invitations";
/// An invitation: GET → [`super::Invitation`]; POST [`super::InvitationAccept`] → 201 [`super::Who`], signed in.
pub const INVITATION: &str = "/api/invitations/{token}";
/// An invitation as those see it who invite: DELETE revokes it while nobody has taken it up.
pub const INVITATION_SENT: &str = "/api/invitations/sent/{id}";
/// One's tokens for machines: GET → [`super::TokenList`]; POST [`super::TokenRequest`] → 201 [`super::TokenMade`].
pub const TOKENS: &str = "/api/tokens";
/// A token: DELETE revokes it.
pub const TOKEN: &str = "/api/tokens/{id}";

/// Orders: GET [`super::OrderQuery`] → [`super::OrderList`]; POST [`super::PlaceOrder`] → 201 [`super::Order`].
pub const ORDERS: &str = "/api/orders";
/// An order: GET → [`super::Order`].
pub const ORDER: &str = "/api/orders/{id}";
/// Takes an unpaid order back: POST → [`super::Order`].
pub const ORDER_CANCEL: &str = "/api/orders/{id}/cancel";
/// Changes what an unpaid order costs: POST [`super::Reprice`] → [`super::Order`].
pub const ORDER_REPRICE: &str = "/api/orders/{id}/reprice";
/// How to pay: POST [`super::PayRequest`] → [`super::PayAnswer`].
pub const ORDER_PAY: &str = "/api/orders/{id}/pay";
/// Asks for an order's refund: POST [`super::RefundRequest`] → 201 [`super::Refund`].
pub const ORDER_REFUND: &str = "/api/orders/{id}/refund";
/// Refunds: GET [`super::RefundQuery`] → [`super::RefundList`].
pub const REFUNDS: &str = "/api/refunds";
/// A refund: GET → [`super::Refund`].
pub const REFUND: &str = "/api/refunds/{id}";
/// The buyer takes it back: POST → [`super::Refund`].
pub const REFUND_WITHDRAW: &str = "/api/refunds/{id}/withdraw";
/// The ISV refunds: POST → [`super::Refund`].
pub const REFUND_APPROVE: &str = "/api/refunds/{id}/approve";
/// The ISV does not refund: POST [`super::RefundRejection`] → [`super::Refund`].
pub const REFUND_REJECT: &str = "/api/refunds/{id}/reject";
/// The operator has sent it back by transfer: POST → [`super::Refund`].
pub const REFUND_SENT: &str = "/api/refunds/{id}/sent";
/// Transfers to confirm: GET [`super::TransferQuery`] → [`super::TransferList`].
pub const TRANSFERS: &str = "/api/transfers";
/// Confirms money that arrived: POST [`super::TransferConfirm`] → [`super::Transfer`].
pub const TRANSFER_CONFIRM: &str = "/api/transfers/{reference}/confirm";
/// Where the sandbox provider notifies: POST a signed [`super::PaymentNotification`] or [`super::RefundNotification`] → 204.
pub const SANDBOX_NOTIFY: &str = "/api/payments/sandbox/notify";
/// A payment with the sandbox provider: GET → [`super::SandboxPayment`]; POST [`super::PlayRequest`] → the same.
pub const SANDBOX_PAYMENT: &str = "/api/sandbox/payments/{id}";
/// The sandbox clock: GET → [`super::Clock`]; POST [`super::ClockSet`] → [`super::Clock`].
pub const SANDBOX_CLOCK: &str = "/api/sandbox/clock";

/// Services: GET [`super::ServiceQuery`] → [`super::ServiceList`].
pub const SERVICES: &str = "/api/services";
/// A service: GET → [`super::ServiceDetail`].
pub const SERVICE: &str = "/api/services/{id}";
/// Opened by hand, by its ISV or the operator: POST → [`super::Service`].
pub const SERVICE_OPENED: &str = "/api/services/{id}/opened";
/// The ISV's note: POST [`super::NoteRequest`] → [`super::Service`].
pub const SERVICE_NOTE: &str = "/api/services/{id}/note";
/// The extra trial: POST → [`super::Service`].
pub const EXTRA_TRIAL: &str = "/api/services/{id}/extra-trial";
/// Trials: POST [`super::TrialRequest`] → 201 [`super::Service`].
pub const TRIALS: &str = "/api/trials";
/// The access check: GET [`super::AccessQuery`] → [`super::AccessAnswer`].
pub const ACCESS: &str = "/api/access";

/// Invoices: GET [`super::RecordQuery`] → [`super::InvoiceList`].
pub const INVOICES: &str = "/api/invoices";
/// Asks for an invoice of an order: POST [`super::InvoiceRequest`] → 201 an invoice.
pub const ORDER_INVOICES: &str = "/api/orders/{id}/invoices";
/// Takes an open request back: POST → the invoice.
pub const INVOICE_WITHDRAW: &str = "/api/invoices/{id}/withdraw";
/// Issued, by the ISV: POST [`super::InvoiceIssue`] → the invoice.
pub const INVOICE_ISSUE: &str = "/api/invoices/{id}/issue";
/// Not issued as it was asked for: POST [`super::Rejection`] → the invoice.
pub const INVOICE_REJECT: &str = "/api/invoices/{id}/reject";

/// What is written about a product: GET [`super::ReviewPageQuery`] → [`super::ReviewPage`].
pub const PRODUCT_REVIEWS: &str = "/api/products/{slug}/reviews";
/// Reviews: GET [`super::RecordQuery`] (states `answered`, `unanswered`) → [`super::ReviewList`].
pub const REVIEWS: &str = "/api/reviews";
/// Reviews a purchase: POST [`super::ReviewRequest`] → 201 a review.
pub const ORDER_REVIEW: &str = "/api/orders/{id}/review";
/// Adds to a review: POST [`super::ReviewRequest`] → the review.
pub const REVIEW_FOLLOW_UP: &str = "/api/reviews/{id}/follow-up";
/// Answers a review, by the ISV: POST [`super::ReviewAnswer`] → the review.
pub const REVIEW_ANSWER: &str = "/api/reviews/{id}/answer";

/// Complaints: GET [`super::RecordQuery`] (states `open`, `answered`, `withdrawn`, `closed`) → [`super::ComplaintList`].
pub const COMPLAINTS: &str = "/api/complaints";
/// Complains of an order's ISV: POST [`super::Said`] → 201 a complaint.
pub const ORDER_COMPLAINT: &str = "/api/orders/{id}/complaint";
/// Answered by the ISV: POST [`super::Said`] → the complaint.
pub const COMPLAINT_ANSWER: &str = "/api/complaints/{id}/answer";
/// Taken back by the buyer: POST → the complaint.
pub const COMPLAINT_WITHDRAW: &str = "/api/complaints/{id}/withdraw";
/// Decided by the operator: POST [`super::ComplaintDecision`] → the complaint.
pub const COMPLAINT_CLOSE: &str = "/api/complaints/{id}/close";
/// Offline refunds: GET [`super::RecordQuery`] → [`super::OfflineList`].
pub const OFFLINE_REFUNDS: &str = "/api/offline-refunds";
/// Recorded by the ISV: POST [`super::OfflineRecord`] → 201 an offline refund.
pub const ORDER_OFFLINE_REFUND: &str = "/api/orders/{id}/offline-refund";
/// Confirmed by the buyer: POST → the offline refund.
pub const OFFLINE_REFUND_CONFIRM: &str = "/api/offline-refunds/{id}/confirm";
/// Not so, by the buyer: POST [`super::Rejection`] → the offline refund.
pub const OFFLINE_REFUND_DECLINE: &str = "/api/offline-refunds/{id}/decline";
/// What each month comes to for ISVs: GET [`super::SettlementQuery`] → [`super::SettlementList`].
pub const SETTLEMENTS: &str = "/api/settlements";
/// One month with its orders: GET → [`super::Settlement`].
pub const SETTLEMENT: &str = "/api/settlements/{id}";
/// The same as a CSV file: GET [`super::ExportQuery`].
pub const SETTLEMENT_CSV: &str = "/api/settlements/{id}/csv";
/// The same as an XLSX file: GET [`super::ExportQuery`].
pub const SETTLEMENT_XLSX: &str = "/api/settlements/{id}/xlsx";
/// Paid out, by the operator: POST [`super::PayOut`] → [`super::Settlement`].
pub const SETTLEMENT_PAID: &str = "/api/settlements/{id}/paid-out";

/// An ISV's products: GET [`super::OwnProductQuery`] → [`super::OwnProductList`]; POST [`super::NewProduct`] → 201
/// [`super::Workbench`].
pub const OWN_PRODUCTS: &str = "/api/workbench/products";
/// One of them: GET → [`super::Workbench`].
pub const OWN_PRODUCT: &str = "/api/workbench/products/{slug}";
/// Its draft: PUT [`super::DraftSave`] → [`super::DraftMark`].
pub const OWN_DRAFT: &str = "/api/workbench/products/{slug}/draft";
/// Publishes: POST [`super::PublishRequest`] → 201 [`super::Revision`].
pub const OWN_PUBLISH: &str = "/api/workbench/products/{slug}/publish";
/// Its revisions: GET → [`super::RevisionList`].
pub const OWN_REVISIONS: &str = "/api/workbench/products/{slug}/revisions";
/// One of them: GET → [`super::PublishedConfig`].
pub const OWN_REVISION: &str = "/api/workbench/products/{slug}/revisions/{revision}";
/// What a configuration would mean for running services: POST [`super::ImpactRequest`] → [`super::Impact`].
pub const OWN_IMPACT: &str = "/api/workbench/products/{slug}/impact";
/// The sites that may show its configurator: PUT [`super::Origins`] → the same.
pub const OWN_ORIGINS: &str = "/api/workbench/products/{slug}/origins";
/// Who bought something: GET [`super::CustomerQuery`] → [`super::CustomerList`].
pub const CUSTOMERS: &str = "/api/customers";
/// What was sold: GET → [`super::Sales`].
pub const SALES: &str = "/api/sales";

/// One's notices: GET → [`super::NoticeList`].
pub const NOTICES: &str = "/api/notices";
/// Marks a notice as read: POST → 204.
pub const NOTICE_READ: &str = "/api/notices/{id}/read";
/// It and every one that was written before it are read: POST → 204.
pub const NOTICES_READ: &str = "/api/notices/{id}/read-all";
/// The interface's description.
pub const OPENAPI: &str = "/api/openapi.json";
/// Answers when the server is ready.
pub const HEALTH: &str = "/healthz";
/// The keys that quotations are signed with, as a JSON Web Key Set (RFC 7517, RFC 8037).
pub const KEYS: &str = "/.well-known/jwks.json";

/// The path of one product's description.
pub fn product(slug: &str) -> String {
    PRODUCT.replace("{slug}", slug)
}

/// The path of one stored quotation.
pub fn quote(id: &str) -> String {
    QUOTE.replace("{id}", id)
}

/// The path of one invitation.
pub fn invitation(token: &str) -> String {
    INVITATION.replace("{token}", token)
}

/// The path of one invitation for those who invite.
pub fn invitation_sent(id: &str) -> String {
    INVITATION_SENT.replace("{id}", id)
}

/// Signing in at an enterprise's identity provider: GET with `next`, a path of ours, leads there.
pub const OIDC: &str = "/sign-in/oidc";
/// Where the identity provider leads back to.
pub const OIDC_CALLBACK: &str = "/sign-in/oidc/callback";
/// The page of one invitation: what its link opens.
pub const INVITATION_PAGE: &str = "/invitation/{token}";

/// The link of one invitation.
pub fn invitation_page(token: &str) -> String {
    INVITATION_PAGE.replace("{token}", token)
}

/// The path of one token.
pub fn token(id: &str) -> String {
    TOKEN.replace("{id}", id)
}

/// The path of one order.
pub fn order(id: &str) -> String {
    ORDER.replace("{id}", id)
}

/// The path of taking one order back.
pub fn order_cancel(id: &str) -> String {
    ORDER_CANCEL.replace("{id}", id)
}

/// The path of repricing one order.
pub fn order_reprice(id: &str) -> String {
    ORDER_REPRICE.replace("{id}", id)
}

/// The path of paying one order.
pub fn order_pay(id: &str) -> String {
    ORDER_PAY.replace("{id}", id)
}

/// The path of asking for one order's refund.
pub fn order_refund(id: &str) -> String {
    ORDER_REFUND.replace("{id}", id)
}

/// The path of one refund.
pub fn refund(id: &str) -> String {
    REFUND.replace("{id}", id)
}

/// The path of taking one refund back.
pub fn refund_withdraw(id: &str) -> String {
    REFUND_WITHDRAW.replace("{id}", id)
}

/// The path of approving one refund.
pub fn refund_approve(id: &str) -> String {
    REFUND_APPROVE.replace("{id}", id)
}

/// The path of rejecting one refund.
pub fn refund_reject(id: &str) -> String {
    REFUND_REJECT.replace("{id}", id)
}

/// The path of saying that one refund was sent.
pub fn refund_sent(id: &str) -> String {
    REFUND_SENT.replace("{id}", id)
}

/// The path of confirming one transfer.
pub fn transfer_confirm(reference: &str) -> String {
    TRANSFER_CONFIRM.replace("{reference}", reference)
}

/// The path of one payment with the sandbox provider.
pub fn sandbox_payment(id: &str) -> String {
    SANDBOX_PAYMENT.replace("{id}", id)
}

/// The path of one service.
pub fn service(id: &str) -> String {
    SERVICE.replace("{id}", id)
}

/// The path of marking one service as opened.
pub fn service_opened(id: &str) -> String {
    SERVICE_OPENED.replace("{id}", id)
}

/// The path of the note on one service.
pub fn service_note(id: &str) -> String {
    SERVICE_NOTE.replace("{id}", id)
}

/// The path of an ISV's month.
pub fn settlement(id: &str) -> String {
    SETTLEMENT.replace("{id}", id)
}

/// The path of it as a CSV file.
pub fn settlement_csv(id: &str) -> String {
    SETTLEMENT_CSV.replace("{id}", id)
}

/// The path of it as an XLSX file.
pub fn settlement_xlsx(id: &str) -> String {
    SETTLEMENT_XLSX.replace("{id}", id)
}

/// The path of saying that it was paid out.
pub fn settlement_paid(id: &str) -> String {
    SETTLEMENT_PAID.replace("{id}", id)
}

/// The path of reviewing one order.
pub fn order_review(id: &str) -> String {
    ORDER_REVIEW.replace("{id}", id)
}

/// The path of adding to one review.
pub fn review_follow_up(id: &str) -> String {
    REVIEW_FOLLOW_UP.replace("{id}", id)
}

/// The path of answering one review.
pub fn review_answer(id: &str) -> String {
    REVIEW_ANSWER.replace("{id}", id)
}

/// The path of complaining about one order.
pub fn order_complaint(id: &str) -> String {
    ORDER_COMPLAINT.replace("{id}", id)
}

/// The path of answering one complaint.
pub fn complaint_answer(id: &str) -> String {
    COMPLAINT_ANSWER.replace("{id}", id)
}

/// The path of taking one complaint back.
pub fn complaint_withdraw(id: &str) -> String {
    COMPLAINT_WITHDRAW.replace("{id}", id)
}

/// The path of deciding one complaint.
pub fn complaint_close(id: &str) -> String {
    COMPLAINT_CLOSE.replace("{id}", id)
}

/// The path of the extra trial of one service.
pub fn extra_trial(id: &str) -> String {
    EXTRA_TRIAL.replace("{id}", id)
}

/// The path of marking one notice as read.
pub fn notice_read(id: &str) -> String {
    NOTICE_READ.replace("{id}", id)
}

/// The path of marking one notice and all that were written before it as read.
pub fn notices_read(id: &str) -> String {
    NOTICES_READ.replace("{id}", id)
}

/// `path`, one of this module's with an `{id}`, of the thing with this id.
pub fn of(path: &str, id: &str) -> String {
    path.replace("{id}", id)
}

/// The path of one of an ISV's products.
pub fn own_product(slug: &str) -> String {
    OWN_PRODUCT.replace("{slug}", slug)
}

/// The path of its draft.
pub fn own_draft(slug: &str) -> String {
    OWN_DRAFT.replace("{slug}", slug)
}

/// The path of publishing it.
pub fn own_publish(slug: &str) -> String {
    OWN_PUBLISH.replace("{slug}", slug)
}

/// The path of its revisions.
pub fn own_revisions(slug: &str) -> String {
    OWN_REVISIONS.replace("{slug}", slug)
}

/// The path of one of its revisions.
pub fn own_revision(slug: &str, revision: u32) -> String {
    OWN_REVISION.replace("{slug}", slug).replace("{revision}", &revision.to_string())
}

/// The path of what a configuration would mean for its services.
pub fn own_impact(slug: &str) -> String {
    OWN_IMPACT.replace("{slug}", slug)
}

/// The path of the sites that may show its configurator.
pub fn own_origins(slug: &str) -> String {
    OWN_ORIGINS.replace("{slug}", slug)
}
