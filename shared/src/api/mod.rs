//! The HTTP interface as types: one place says each path, each request and each answer. Server and page both use it.
//!
//! Amounts are strings of yuan, instants RFC 3339 (contract).

mod aftersale;
mod notices;
mod orders;
mod part;
mod paths;
mod people;
mod product;
mod quotation;
mod records;
mod refunds;
mod refusal;
mod sandbox;
mod services;
mod settlements;
mod workbench;

pub use aftersale::{AfterSale, May, UpTo, Why};
pub use notices::{Notice, NoticeList, NoticeQuery};
pub use orders::{
    Customer, Moved, Order, OrderList, OrderOn, OrderQuery, OrderStateName, PayAnswer, PayRequest, Payee, PlaceOrder,
    Reprice, Transfer, TransferConfirm, TransferDue, TransferList, TransferQuery, TransferState, Way,
};
pub use part::Part;
pub use paths::*;
pub use people::{
    DemoAccount, DemoAccounts, DemoSignIn, Invitation, InvitationAccept, InvitationList, InvitationMade,
    InvitationRequest, InvitationSent, InvitationState, Language, LanguageRequest, Member, Members, Organisation,
    OrganisationKind, PasswordChange, Role, Scope, SignIn, Token, TokenList, TokenMade, TokenRequest, Who,
};
pub use product::{FromPrice, Product, ProductCard, ProductList, ProductText};
pub use quotation::{
    ChangeSelection, ChargeName, Confirmed, IntentName, Names, PriceRequest, QuoteRequest, SIGNED_PREFIX,
    ServiceQuoteRequest, Signed, VerifyKey, VerifyKeys,
};
pub use records::{
    ComplaintDecision, ComplaintList, Filed, FiledReview, InvoiceIssue, InvoiceList, InvoiceRequest, OfflineList,
    OfflineRecord, PublicReview, RecordQuery, Rejection, ReviewAnswer, ReviewList, ReviewPage, ReviewPageQuery,
    ReviewRequest, Said,
};
pub use refunds::{Refund, RefundList, RefundQuery, RefundRejection, RefundRequest, RefundStateName};
pub use refusal::Refusal;
pub use sandbox::{
    Advance, Clock, ClockSet, NOTIFICATION_SIGNATURE, NotADuration, PaymentNotification, Play, PlayRequest,
    RefundNotification, SandboxPayment, SandboxState,
};
pub use services::{
    Access, AccessAnswer, AccessQuery, NoteRequest, Service, ServiceDetail, ServiceList, ServiceQuery,
    ServiceStateName, Sold, TrialRequest, TrialSelection,
};
pub use settlements::{
    ExportQuery, Isv, PayOut, Settlement, SettlementLine, SettlementList, SettlementQuery, read_settlement_id,
    settlement_id,
};
pub use workbench::{
    Contact, CustomerCard, CustomerList, CustomerQuery, Draft, DraftMark, DraftSave, EditionImpact, Impact,
    ImpactRequest, ImpactSum, ListingState, MonthSales, NewProduct, Origins, OwnProduct, OwnProductList,
    OwnProductQuery, ProductSales, PublishRequest, PublishedConfig, Revision, RevisionList, Sales, Workbench,
};
