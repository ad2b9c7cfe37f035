//! The market over HTTP. Thin: a request becomes bytes for a use case, its result an answer.
//!
//! Every answer, good or bad, passes the [`envelope`], which gives it its request id, its security headers and, where it
//! failed, its problem details.

mod accepts;
mod aftersale;
pub mod allowed;
mod api;
mod assets;
mod body;
mod cookies;
mod embed;
mod envelope;
mod guard;
mod headers;
mod listed;
mod listen;
mod pages;
mod people;
mod problem;
mod sandbox;
mod settlement;
mod shell;
mod trade;
mod workbench;

use std::sync::Arc;

use axum::Router;
use axum::http::Method;
use axum::routing::{MethodRouter, delete, get, post, put};
use shared::api::{self as paths, Role, Scope};

pub use allowed::{Allowed, People};
pub use guard::Peer;
pub use listen::serve;
use shell::Shell;

use crate::failure::Failure;
use crate::usecases::Market;

/// What every handler can reach.
pub struct Site {
    market: Market,
    shell: Shell,
    account: Shell,
    console: Shell,
    workbench: Shell,
    headers: headers::Security,
    /// How many proxies of ours a request comes through.
    proxies: usize,
}

impl Site {
    /// The market with the storefront that was compiled in. `hsts`: the site is only ever reached by HTTPS.
    pub fn new(market: Market, hsts: bool) -> Self {
        let [shell, account, console, workbench] =
            [shell::STOREFRONT, shell::ACCOUNT, shell::CONSOLE, shell::WORKBENCH].map(Shell::embedded);
        let shells = || [&shell, &account, &console, &workbench].into_iter();
        let scripts = shells().flat_map(Shell::inline_scripts);
        let headers = headers::Security::new(scripts, shells().flat_map(Shell::inline_styles), hsts);
        Self { market, shell, account, console, workbench, headers, proxies: 0 }
    }

    /// The same site behind this many proxies, each of which adds to `X-Forwarded-For`.
    pub fn behind(self, proxies: usize) -> Self {
        Self { proxies, ..self }
    }

    fn proxies(&self) -> usize {
        self.proxies
    }

    /// Whether cookies are for HTTPS alone.
    fn secure(&self) -> bool {
        self.headers.hsts()
    }

    /// The market behind it.
    pub fn market(&self) -> &Market {
        &self.market
    }
}

/// A site as handlers share it.
pub type Shared = Arc<Site>;

/// A route: what is called, how, by whom.
pub struct Route {
    /// Its method.
    pub method: Method,
    /// Its path, as the router takes it.
    pub path: &'static str,
    /// What answers.
    pub handler: MethodRouter<Shared>,
    /// Who may.
    pub allowed: Allowed,
}

impl Route {
    fn new(method: Method, path: &'static str, handler: MethodRouter<Shared>, allowed: Allowed) -> Self {
        Self { method, path, handler, allowed }
    }
}

/// Every GET that machines may do, they may with this.
const READ: &[Scope] = &[Scope::Read];
/// Who sees an organisation's members.
const SEE_MEMBERS: &[Role] = &[Role::BuyerAdmin, Role::IsvOwner, Role::Operator, Role::Auditor];
/// Who sees to an organisation's members and machines.
const MANAGE: &[Role] = &[Role::BuyerAdmin, Role::IsvOwner, Role::Operator];

/// Who buys, and what machines need for it.
const BUY: &[Role] = &[Role::BuyerAdmin];
const ORDERS: &[Scope] = &[Scope::Orders];
/// Who issues invoices, and agrees on refunds.
const ISSUE: &[Role] = &[Role::IsvOwner];
/// Who sees what ISVs are owed.
const SETTLE: &[Role] = &[Role::IsvOwner, Role::Operator, Role::Auditor];
/// Who answers buyers.
const ANSWER: &[Role] = &[Role::IsvOwner, Role::IsvSupport];
/// Who pays: finance too.
const PAY: &[Role] = &[Role::BuyerAdmin, Role::BuyerFinance];
/// Who changes what an order costs, and answers who asks for a refund.
const PRICE: &[Role] = &[Role::IsvOwner];
/// Who opens services, and what machines need for it.
const OPEN: &[Role] = &[Role::IsvOwner, Role::IsvSupport, Role::Operator];
const SERVICES: &[Scope] = &[Scope::Services];
/// Who keeps notes on services.
const NOTE: &[Role] = &[Role::IsvOwner, Role::IsvSupport];
/// Who has a console.
const CONSOLE: &[Role] = &[Role::IsvOwner, Role::IsvSupport, Role::Operator, Role::Auditor];
/// Who sees what the whole market does.
const OVERSEE: &[Role] = &[Role::Operator, Role::Auditor];
/// Who works on products: prices are the owner's, and no machine's.
const EDIT: &[Role] = &[Role::IsvOwner];
/// Who sees what was sold.
const SELL: &[Role] = &[Role::IsvOwner];
/// Who sees the work on products.
const SEE_WORK: &[Role] = &[Role::IsvOwner, Role::IsvSupport];
/// Who reads notices: an auditor changes nothing, not even that.
const READ_NOTICES: &[Role] = &[Role::BuyerAdmin, Role::BuyerFinance, Role::IsvOwner, Role::IsvSupport, Role::Operator];

/// Every route, once, with who may call it; `openapi.json` describes each of them, which a test holds to.
///
/// What begins or ends a session takes no `Idempotency-Key`: its answer is a cookie, which is kept nowhere.
#[expect(clippy::too_many_lines, reason = "a table, to be read as one")]
pub fn routes() -> Vec<Route> {
    let route = Route::new;
    let mut all = vec![
        route(Method::GET, paths::PRODUCTS, get(api::products), Allowed::all()),
        route(Method::GET, paths::PRODUCT, get(api::product), Allowed::all()),
        route(Method::POST, paths::PRICES, post(api::price), Allowed::all()),
        route(Method::POST, paths::QUOTES, post(api::quote), Allowed::anyone().machines(&[Scope::Orders])),
        route(Method::GET, paths::QUOTE, get(api::quotation), Allowed::anyone().machines(READ)),
        route(Method::POST, paths::SESSION, post(people::sign_in), Allowed::anyone()),
        route(Method::GET, paths::SESSION, get(people::who), Allowed::signed_in().machines(READ)),
        route(Method::DELETE, paths::SESSION, delete(people::sign_out), Allowed::anyone()),
        route(Method::DELETE, paths::SESSIONS, delete(people::sign_out_everywhere), Allowed::signed_in()),
        route(Method::GET, paths::DEMO_ACCOUNTS, get(people::demo_accounts), Allowed::anyone().sandbox_only()),
        route(Method::POST, paths::DEMO_SESSION, post(people::demo_sign_in), Allowed::anyone().sandbox_only()),
        route(Method::POST, paths::PASSWORD, post(people::change_password), Allowed::signed_in()),
        route(Method::POST, paths::LANGUAGE, post(people::set_language), Allowed::signed_in()),
        route(Method::GET, paths::MEMBERS, get(people::members), Allowed::roles(SEE_MEMBERS).machines(READ)),
        route(Method::GET, paths::INVITATIONS, get(people::invitations), Allowed::roles(SEE_MEMBERS).machines(READ)),
        route(Method::POST, paths::INVITATIONS, post(people::invite), Allowed::roles(MANAGE)),
        route(Method::GET, paths::INVITATION, get(people::invitation), Allowed::anyone()),
        route(Method::POST, paths::INVITATION, post(people::accept_invitation), Allowed::anyone()),
        route(Method::DELETE, paths::INVITATION_SENT, delete(people::revoke_invitation), Allowed::roles(MANAGE)),
        route(Method::GET, paths::TOKENS, get(people::tokens), Allowed::roles(MANAGE).machines(READ)),
        route(Method::POST, paths::TOKENS, post(people::make_token), Allowed::roles(MANAGE)),
        route(Method::DELETE, paths::TOKEN, delete(people::revoke_token), Allowed::roles(MANAGE)),
        route(Method::GET, paths::ORDERS, get(trade::orders), Allowed::signed_in().machines(READ)),
        route(Method::POST, paths::ORDERS, post(trade::place), Allowed::roles(BUY).machines(ORDERS)),
        route(Method::GET, paths::ORDER, get(trade::order), Allowed::signed_in().machines(READ)),
        route(Method::POST, paths::ORDER_CANCEL, post(trade::cancel), Allowed::roles(BUY).machines(ORDERS)),
        route(Method::POST, paths::ORDER_REPRICE, post(trade::reprice), Allowed::roles(PRICE).machines(ORDERS)),
        route(Method::POST, paths::ORDER_PAY, post(trade::pay), Allowed::roles(PAY).machines(ORDERS)),
        route(Method::POST, paths::ORDER_REFUND, post(trade::ask_refund), Allowed::roles(BUY).machines(ORDERS)),
        route(Method::GET, paths::REFUNDS, get(trade::refunds), Allowed::signed_in().machines(READ)),
        route(Method::GET, paths::REFUND, get(trade::refund), Allowed::signed_in().machines(READ)),
        route(Method::POST, paths::REFUND_WITHDRAW, post(trade::withdraw_refund), Allowed::roles(BUY).machines(ORDERS)),
        route(Method::POST, paths::REFUND_APPROVE, post(trade::approve_refund), Allowed::roles(PRICE).machines(ORDERS)),
        route(Method::POST, paths::REFUND_REJECT, post(trade::reject_refund), Allowed::roles(PRICE).machines(ORDERS)),
        route(
            Method::POST,
            paths::REFUND_SENT,
            post(trade::refund_sent),
            Allowed::roles(&[Role::Operator]).machines(ORDERS),
        ),
        route(Method::GET, paths::TRANSFERS, get(trade::transfers), Allowed::roles(OVERSEE).machines(READ)),
        route(
            Method::POST,
            paths::TRANSFER_CONFIRM,
            post(trade::confirm_transfer),
            Allowed::roles(&[Role::Operator]).machines(ORDERS),
        ),
        route(Method::GET, paths::SERVICES, get(trade::services), Allowed::signed_in().machines(READ)),
        route(Method::GET, paths::SERVICE, get(trade::service), Allowed::signed_in().machines(READ)),
        route(Method::POST, paths::SERVICE_OPENED, post(trade::opened), Allowed::roles(OPEN).machines(SERVICES)),
        route(Method::POST, paths::SERVICE_NOTE, post(trade::note), Allowed::roles(NOTE).machines(SERVICES)),
        route(Method::POST, paths::TRIALS, post(trade::begin_trial), Allowed::roles(BUY).machines(SERVICES)),
        route(Method::POST, paths::EXTRA_TRIAL, post(trade::extra_trial), Allowed::roles(BUY).machines(SERVICES)),
        route(
            Method::GET,
            paths::ACCESS,
            get(trade::access),
            Allowed::signed_in().machines(&[Scope::Access, Scope::Read]),
        ),
        route(Method::GET, paths::NOTICES, get(trade::notices), Allowed::signed_in().machines(READ)),
        route(Method::POST, paths::NOTICE_READ, post(trade::read_notice), Allowed::roles(READ_NOTICES)),
        route(Method::POST, paths::NOTICES_READ, post(trade::read_notices), Allowed::roles(READ_NOTICES)),
        route(Method::POST, paths::SANDBOX_NOTIFY, post(trade::notified), Allowed::all().sandbox_only()),
        route(Method::GET, paths::SANDBOX_PAYMENT, get(trade::sandbox_payment), Allowed::all().sandbox_only()),
        route(Method::POST, paths::SANDBOX_PAYMENT, post(trade::play), Allowed::all().sandbox_only()),
        route(Method::GET, paths::SANDBOX_CLOCK, get(trade::clock), Allowed::all().sandbox_only()),
        route(Method::POST, paths::SANDBOX_CLOCK, post(trade::set_clock), Allowed::all().sandbox_only()),
        route(Method::GET, paths::OIDC, get(people::begin_oidc), Allowed::anyone()),
        route(Method::GET, paths::OIDC_CALLBACK, get(people::finish_oidc), Allowed::anyone()),
        route(Method::GET, paths::OPENAPI, get(api::openapi), Allowed::all()),
        route(Method::GET, paths::HEALTH, get(api::health), Allowed::all()),
        route(Method::GET, paths::KEYS, get(api::keys), Allowed::all()),
        route(Method::GET, "/", get(pages::store), Allowed::all()),
        route(Method::GET, "/p/{slug}", get(pages::product), Allowed::all()),
        route(Method::GET, "/embed.js", get(embed::element), Allowed::all()),
        route(Method::GET, "/embed/{slug}", get(embed::page), Allowed::all()),
        route(Method::GET, "/embed/{slug}/allowed", get(embed::allowed), Allowed::all()),
        route(Method::GET, "/quote/{id}", get(pages::quotation), Allowed::anyone()),
        route(Method::GET, "/sign-in", get(pages::account), Allowed::anyone()),
        route(Method::GET, "/checkout/{quote}", get(pages::account), Allowed::signed_in()),
        route(Method::GET, "/trial/{slug}", get(pages::account), Allowed::signed_in()),
        route(Method::GET, "/sandbox/pay/{payment}", get(pages::account), Allowed::all().sandbox_only()),
        route(Method::GET, "/sandbox/clock", get(pages::account), Allowed::anyone().sandbox_only()),
        route(Method::GET, "/account", get(pages::begin), Allowed::signed_in()),
        route(Method::GET, "/account/services", get(pages::account), Allowed::signed_in()),
        route(Method::GET, "/account/services/{id}", get(pages::account), Allowed::signed_in()),
        route(Method::GET, "/account/services/{id}/change", get(pages::account), Allowed::signed_in()),
        route(Method::GET, "/account/orders", get(pages::account), Allowed::signed_in()),
        route(Method::GET, "/account/orders/{id}", get(pages::account), Allowed::signed_in()),
        route(Method::GET, "/account/orders/{id}/review", get(pages::account), Allowed::signed_in()),
        route(Method::GET, "/account/orders/{id}/complaint", get(pages::account), Allowed::signed_in()),
        route(Method::GET, "/account/notices", get(pages::account), Allowed::signed_in()),
        route(Method::GET, "/account/orders/{id}/refund", get(pages::account), Allowed::signed_in()),
        route(Method::GET, "/account/orders/{id}/invoice", get(pages::account), Allowed::signed_in()),
        route(Method::GET, "/account/refunds", get(pages::account), Allowed::signed_in()),
        route(Method::GET, "/account/refunds/offline", get(pages::account), Allowed::signed_in()),
        route(Method::GET, "/account/refunds/{id}", get(pages::account), Allowed::signed_in()),
        route(Method::GET, "/account/invoices", get(pages::account), Allowed::signed_in()),
        route(Method::GET, "/account/settings", get(pages::account), Allowed::signed_in()),
        route(Method::GET, "/account/settings/members", get(pages::account), Allowed::signed_in()),
        route(Method::GET, "/account/settings/tokens", get(pages::account), Allowed::signed_in()),
        route(Method::GET, paths::INVITATION_PAGE, get(pages::account), Allowed::anyone()),
        route(Method::GET, "/console", get(pages::begin), Allowed::signed_in()),
        route(Method::GET, "/console/orders", get(pages::console), Allowed::roles(CONSOLE)),
        route(Method::GET, "/console/orders/{id}", get(pages::console), Allowed::roles(CONSOLE)),
        route(Method::GET, "/console/services", get(pages::console), Allowed::roles(CONSOLE)),
        route(Method::GET, "/console/services/{id}", get(pages::console), Allowed::roles(CONSOLE)),
        route(Method::GET, "/console/customers", get(pages::console), Allowed::roles(SEE_WORK)),
        route(Method::GET, "/console/sales", get(pages::console), Allowed::roles(SELL)),
        route(Method::GET, "/console/transfers", get(pages::console), Allowed::roles(OVERSEE)),
        route(Method::GET, "/console/settlements", get(pages::console), Allowed::roles(CONSOLE)),
        route(Method::GET, "/console/settlements/{id}", get(pages::console), Allowed::roles(CONSOLE)),
        route(Method::GET, "/console/reviews", get(pages::console), Allowed::roles(CONSOLE)),
        route(Method::GET, "/console/complaints", get(pages::console), Allowed::roles(CONSOLE)),
        route(Method::GET, "/console/refunds", get(pages::console), Allowed::roles(CONSOLE)),
        route(Method::GET, "/console/refunds/offline", get(pages::console), Allowed::roles(CONSOLE)),
        route(Method::GET, "/console/refunds/{id}", get(pages::console), Allowed::roles(CONSOLE)),
        route(Method::GET, "/console/invoices", get(pages::console), Allowed::roles(CONSOLE)),
        route(Method::GET, "/console/notices", get(pages::console), Allowed::roles(CONSOLE)),
    ];
    all.extend(routes_after_the_sale());
    all.extend(routes_of_the_workbench());
    all
}

/// Those of an ISV's work on its products.
fn routes_of_the_workbench() -> Vec<Route> {
    let route = Route::new;
    let (see, edit) = (Allowed::roles(SEE_WORK).machines(READ), Allowed::roles(EDIT));
    vec![
        route(Method::GET, paths::OWN_PRODUCTS, get(workbench::products), see),
        route(Method::POST, paths::OWN_PRODUCTS, post(workbench::make), edit),
        route(Method::GET, paths::OWN_PRODUCT, get(workbench::product), see),
        route(Method::PUT, paths::OWN_DRAFT, put(workbench::save), edit),
        route(Method::POST, paths::OWN_PUBLISH, post(workbench::publish), edit),
        route(Method::GET, paths::OWN_REVISIONS, get(workbench::revisions), see),
        route(Method::GET, paths::OWN_REVISION, get(workbench::revision), see),
        route(Method::PUT, paths::OWN_ORIGINS, put(workbench::set_origins), edit),
        route(Method::POST, paths::OWN_IMPACT, post(workbench::impact), see),
        route(Method::GET, paths::CUSTOMERS, get(workbench::customers), see),
        route(Method::GET, paths::SALES, get(workbench::sales), Allowed::roles(SELL).machines(READ)),
        route(Method::GET, "/console/products", get(pages::workbench), Allowed::roles(SEE_WORK)),
        route(Method::GET, "/console/products/{slug}", get(pages::workbench), Allowed::roles(SEE_WORK)),
        route(Method::GET, "/console/products/{slug}/revisions", get(pages::workbench), Allowed::roles(SEE_WORK)),
    ]
}

/// Those of what is kept beside an order once it is paid, and of settlement.
fn routes_after_the_sale() -> Vec<Route> {
    let route = Route::new;
    vec![
        route(Method::GET, paths::INVOICES, get(aftersale::invoices), Allowed::signed_in().machines(READ)),
        route(
            Method::POST,
            paths::ORDER_INVOICES,
            post(aftersale::request_invoice),
            Allowed::roles(PAY).machines(ORDERS),
        ),
        route(
            Method::POST,
            paths::INVOICE_WITHDRAW,
            post(aftersale::withdraw_invoice),
            Allowed::roles(PAY).machines(ORDERS),
        ),
        route(
            Method::POST,
            paths::INVOICE_ISSUE,
            post(aftersale::issue_invoice),
            Allowed::roles(ISSUE).machines(ORDERS),
        ),
        route(
            Method::POST,
            paths::INVOICE_REJECT,
            post(aftersale::reject_invoice),
            Allowed::roles(ISSUE).machines(ORDERS),
        ),
        route(Method::GET, paths::PRODUCT_REVIEWS, get(aftersale::product_reviews), Allowed::all()),
        route(Method::GET, paths::REVIEWS, get(aftersale::reviews), Allowed::signed_in().machines(READ)),
        route(Method::POST, paths::ORDER_REVIEW, post(aftersale::review), Allowed::roles(BUY).machines(ORDERS)),
        route(Method::POST, paths::REVIEW_FOLLOW_UP, post(aftersale::follow_up), Allowed::roles(BUY).machines(ORDERS)),
        route(
            Method::POST,
            paths::REVIEW_ANSWER,
            post(aftersale::answer_review),
            Allowed::roles(ANSWER).machines(ORDERS),
        ),
        route(Method::GET, paths::COMPLAINTS, get(aftersale::complaints), Allowed::signed_in().machines(READ)),
        route(Method::POST, paths::ORDER_COMPLAINT, post(aftersale::complain), Allowed::roles(BUY).machines(ORDERS)),
        route(Method::POST, paths::COMPLAINT_ANSWER, post(aftersale::reply), Allowed::roles(ANSWER).machines(ORDERS)),
        route(
            Method::POST,
            paths::COMPLAINT_WITHDRAW,
            post(aftersale::take_back),
            Allowed::roles(BUY).machines(ORDERS),
        ),
        route(
            Method::POST,
            paths::COMPLAINT_CLOSE,
            post(aftersale::decide),
            Allowed::roles(&[Role::Operator]).machines(ORDERS),
        ),
        route(
            Method::GET,
            paths::OFFLINE_REFUNDS,
            get(aftersale::offline_refunds),
            Allowed::signed_in().machines(READ),
        ),
        route(
            Method::POST,
            paths::ORDER_OFFLINE_REFUND,
            post(aftersale::record_offline),
            Allowed::roles(ISSUE).machines(ORDERS),
        ),
        route(
            Method::POST,
            paths::OFFLINE_REFUND_CONFIRM,
            post(aftersale::confirm_offline),
            Allowed::roles(PAY).machines(ORDERS),
        ),
        route(
            Method::POST,
            paths::OFFLINE_REFUND_DECLINE,
            post(aftersale::decline_offline),
            Allowed::roles(PAY).machines(ORDERS),
        ),
        route(Method::GET, paths::SETTLEMENTS, get(settlement::settlements), Allowed::roles(SETTLE).machines(READ)),
        route(Method::GET, paths::SETTLEMENT, get(settlement::settlement), Allowed::roles(SETTLE).machines(READ)),
        route(Method::GET, paths::SETTLEMENT_CSV, get(settlement::csv), Allowed::roles(SETTLE).machines(READ)),
        route(Method::GET, paths::SETTLEMENT_XLSX, get(settlement::xlsx), Allowed::roles(SETTLE).machines(READ)),
        route(
            Method::POST,
            paths::SETTLEMENT_PAID,
            post(settlement::paid_out),
            Allowed::roles(&[Role::Operator]).machines(ORDERS),
        ),
    ]
}

/// The routes, guarded, as a router that lacks its site, for tests that add some of their own.
pub fn route_table(site: &Shared) -> Router<Shared> {
    routes().into_iter().fold(Router::new(), |router, Route { path, handler, allowed, .. }| {
        router.route(path, guard::guarded(handler, path, allowed, site))
    })
}

/// The site as a service.
pub fn router(site: &Shared) -> Router {
    enveloped(route_table(site), site)
}

/// `router` with what belongs around it.
pub fn enveloped(router: Router<Shared>, site: &Shared) -> Router {
    router
        .fallback(assets::file)
        .method_not_allowed_fallback(async || Failure::MethodNotAllowed)
        .layer(axum::middleware::from_fn_with_state(Arc::clone(site), envelope::envelope))
        .with_state(Arc::clone(site))
}
