//! What each role is called, and the pages that it has.

use shared::api::Role;

use crate::i18n::Lang;

/// A role.
pub fn role(role: Role, lang: Lang) -> &'static str {
    match role {
        Role::BuyerAdmin => lang.pick("企业管理员", "Administrator"),
        Role::BuyerFinance => lang.pick("企业财务", "Finance"),
        Role::IsvOwner => lang.pick("服务商负责人", "Vendor's owner"),
        Role::IsvSupport => lang.pick("服务商客服", "Vendor's support"),
        Role::Operator => lang.pick("平台运营", "Operator"),
        Role::Auditor => lang.pick("审计（只读）", "Auditor, read-only"),
    }
}

/// A page beside others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Way {
    /// Its path; what lies below belongs to it.
    pub path: &'static str,
    zh: &'static str,
    en: &'static str,
    /// What is unread is counted there.
    pub counts: bool,
}

impl Way {
    const fn new(path: &'static str, zh: &'static str, en: &'static str) -> Self {
        Self { path, zh, en, counts: false }
    }

    const fn notices(path: &'static str) -> Self {
        Self { counts: true, ..Self::new(path, "通知", "Notices") }
    }

    /// What it is called.
    pub fn name(&self, lang: Lang) -> &'static str {
        lang.pick(self.zh, self.en)
    }

    /// Whether the page at `path` is this one or belongs to it.
    pub fn leads_to(&self, path: &str) -> bool {
        path.strip_prefix(self.path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

/// One's own account and what belongs to the organisation: for everybody.
pub const SETTINGS: Way = Way::new("/account/settings", "设置", "Settings");

const BUYER: &[Way] = &[
    Way::new("/account/services", "我的服务", "My services"),
    Way::new("/account/orders", "我的订单", "My orders"),
    Way::new("/account/refunds", "退款", "Refunds"),
    Way::new("/account/invoices", "发票", "Invoices"),
    Way::notices("/account/notices"),
    SETTINGS,
];

const VENDOR: &[Way] = &[
    CONSOLE_ORDERS,
    CONSOLE_PRODUCTS,
    CONSOLE_SERVICES,
    CONSOLE_CUSTOMERS,
    CONSOLE_REFUNDS,
    CONSOLE_INVOICES,
    CONSOLE_REVIEWS,
    CONSOLE_COMPLAINTS,
    CONSOLE_SALES,
    CONSOLE_SETTLEMENTS,
    CONSOLE_NOTICES,
    SETTINGS,
];
const SUPPORT: &[Way] = &[
    CONSOLE_ORDERS,
    CONSOLE_PRODUCTS,
    CONSOLE_SERVICES,
    CONSOLE_CUSTOMERS,
    CONSOLE_REFUNDS,
    CONSOLE_INVOICES,
    CONSOLE_REVIEWS,
    CONSOLE_COMPLAINTS,
    CONSOLE_NOTICES,
    SETTINGS,
];
const OPERATOR: &[Way] = &[
    Way::new("/console/transfers", "转账", "Transfers"),
    CONSOLE_ORDERS,
    CONSOLE_SERVICES,
    CONSOLE_REFUNDS,
    CONSOLE_INVOICES,
    CONSOLE_REVIEWS,
    CONSOLE_COMPLAINTS,
    CONSOLE_SETTLEMENTS,
    CONSOLE_NOTICES,
    SETTINGS,
];
const CONSOLE_PRODUCTS: Way = Way::new("/console/products", "商品", "Products");
const CONSOLE_REVIEWS: Way = Way::new("/console/reviews", "评价", "Reviews");
const CONSOLE_COMPLAINTS: Way = Way::new("/console/complaints", "投诉", "Complaints");
const CONSOLE_ORDERS: Way = Way::new("/console/orders", "订单", "Orders");
const CONSOLE_SERVICES: Way = Way::new("/console/services", "服务", "Services");
const CONSOLE_CUSTOMERS: Way = Way::new("/console/customers", "客户", "Customers");
const CONSOLE_SALES: Way = Way::new("/console/sales", "销售", "Sales");
const CONSOLE_SETTLEMENTS: Way = Way::new("/console/settlements", "结算", "Settlement");
const CONSOLE_REFUNDS: Way = Way::new("/console/refunds", "退款", "Refunds");
const CONSOLE_INVOICES: Way = Way::new("/console/invoices", "发票", "Invoices");
const CONSOLE_NOTICES: Way = Way::notices("/console/notices");

/// The pages that somebody of this role has, the one to begin with first.
pub const fn ways(role: Role) -> &'static [Way] {
    match role {
        Role::BuyerAdmin | Role::BuyerFinance => BUYER,
        Role::IsvOwner => VENDOR,
        Role::IsvSupport => SUPPORT,
        Role::Operator | Role::Auditor => OPERATOR,
    }
}

/// Where somebody of this role begins.
pub fn home(role: Role) -> &'static str {
    ways(role).first().map_or("/", |way| way.path)
}
