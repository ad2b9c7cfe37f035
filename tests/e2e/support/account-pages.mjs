// The account's pages in each of their states, for whatever looks at all of them.
import { aftermath, three } from './after-sale.mjs';
import { open, runs, shows } from './browser.mjs';
import { quotation, stock } from './stock.mjs';

const ONCE = { edition: 'basic', quantities: { volume: 5 }, options: { acceptance: '抽样验收' }, count: 1 };

const PROBLEM = {
  status: 503, code: 'store_unavailable', title: 'Service Unavailable', request_id: 'r1',
  detail: 'The market cannot save anything at the moment. Try again in a minute.', zh: '市场暂时无法保存数据，请一分钟后重试。',
};

/** The page as this demo account. */
async function as(page, account, path) {
  await page.request.post('/api/demo/session', { data: { account } });
  await open(page, path);
}

/** A page of the buyer's; `of` picks its path from what the enterprise has. */
const buyers = (of) => ({
  go: async (page, market) => as(page, 'demo-buyer-admin', of(await stock(market))),
});

/** The same with the answers of the server to `path` changed on the way. */
const answered = (of, path, answer, troubles) => ({
  troubles,
  async go(page, market) {
    await page.route(path, (route) => answer(route));
    await as(page, 'demo-buyer-admin', of(await stock(market)));
  },
});

/** A page of the buyer's after the sale; then what is done on it, or the answer to `path` changed on the way. */
const after = (of, ...more) => ({
  troubles: more[2],
  async go(page, market) {
    if (more.length > 1) await page.route(more[0], (route) => more[1](route));
    await as(page, 'demo-buyer-admin', of(await aftermath(market)));
    if (more.length === 1) await more[0](page, market.lang === 'en');
  },
});

const empty = (name) => (route) => route.fulfill({ json: { [name]: [], unread: 0 } });
const failing = (route) => route.fulfill({ status: 503, contentType: 'application/problem+json', body: JSON.stringify(PROBLEM) });
const unreachable = (route) => route.abort('internetdisconnected');

/** A service as it will stand some days later, when it is in the state `is`. */
function later(service, is) {
  const before = (instant, days) => `${new Date(Date.parse(`${instant.slice(0, 19)}Z`) - days * 86_400_000).toISOString().slice(0, 19)}+08:00`;
  const days = { expired: 367, closed: 374 }[is];
  const text = JSON.stringify(service).replaceAll(/\d{4}-\d\d-\d\dT[\d:]{8}\+08:00/g, (instant) => before(instant, days));
  const aged = JSON.parse(text);
  const end = aged.end ?? service.subscription.segments.at(-1)?.end;
  return end ? { ...aged, state: { is, at: is === 'expired' ? end : before(end, -7) } } : service;
}

const all = (is) => async (route) => {
  const { services } = await (await route.fetch()).json();
  await route.fulfill({ json: { services: services.map((service) => later(service, is)) } });
};
const one = (is) => async (route) => route.fulfill({ json: later(await (await route.fetch()).json(), is) });

/** See `STATES` in pages.mjs. */
export const ACCOUNT_STATES = {
  'sign-in': {
    async go(page, { lang }) {
      await open(page, '/sign-in');
      await shows(page.getByRole('heading', { name: lang === 'en' ? 'Demo accounts' : '演示账号' }), /./);
    },
  },
  'sign-in-wrong': {
    troubles: /401 \(Unauthorized\)/,
    async go(page, { lang }) {
      await open(page, '/sign-in?next=%2Faccount%2Forders');
      await page.getByLabel(lang === 'en' ? 'Mail address' : '邮箱', { exact: true }).fill('nobody@example.com');
      await page.getByLabel(lang === 'en' ? 'Password' : '密码', { exact: true }).fill('not the password');
      await page.getByRole('button', { name: lang === 'en' ? 'Sign in' : '登录', exact: true }).click();
      await shows(page.locator('#sign-in-said'), lang === 'en' ? /password/ : /密码/);
    },
  },
  'checkout-refused': {
    async go(page, market) {
      const { buyer } = await stock(market);
      await as(page, 'demo-buyer-admin', `/checkout/${await quotation(buyer)}`);
      await page.getByRole('button', { name: market.lang === 'en' ? 'Place order' : '提交订单', exact: true }).click();
      await shows(page.locator('.tick-said'), /./);
    },
  },
  'trial-begin': buyers(() => '/trial/team-approval'),
  provider: buyers(({ payment }) => `/sandbox/pay/${payment}`),
  orders: buyers(() => '/account/orders'),
  'orders-empty': answered(() => '/account/orders', '**/api/orders*', empty('orders')),
  'orders-none-match': buyers(() => '/account/orders?number=zzz'),
  'orders-failing': answered(() => '/account/orders', '**/api/orders*', failing, /503/),
  'order-unpaid': buyers(({ unpaid }) => `/account/orders/${unpaid}`),
  'order-wrong-amount': buyers(({ mismatched }) => `/account/orders/${mismatched}`),
  'order-transfer': buyers(({ transferred }) => `/account/orders/${transferred}`),
  'order-paid': buyers(({ paid }) => `/account/orders/${paid}?from=payment`),
  'order-cancelled': buyers(({ cancelled }) => `/account/orders/${cancelled}`),
  review: buyers(({ paid }) => `/account/orders/${paid}/review`),
  'review-published': buyers(({ running }) => `/account/orders/${running}/review`),
  'product-reviewed': buyers(() => '/p/data-analytics-2'),
  'review-not-allowed': buyers(({ unpaid }) => `/account/orders/${unpaid}/review`),
  complaint: buyers(({ paid }) => `/account/orders/${paid}/complaint`),
  'complaint-open': buyers(({ running }) => `/account/orders/${running}/complaint`),
  'complaint-failing': answered(({ paid }) => `/account/orders/${paid}/complaint`, '**/api/complaints*', failing, /503/),
  services: buyers(() => '/account/services'),
  'services-empty': answered(() => '/account/services', '**/api/services*', empty('services')),
  'services-closed': answered(() => '/account/services', '**/api/services*', all('closed')),
  'services-unreachable': answered(() => '/account/services', '**/api/services*', unreachable, /ERR_INTERNET_DISCONNECTED/),
  service: buyers(({ service }) => `/account/services/${service}`),
  'service-expired': answered(({ service }) => `/account/services/${service}`, '**/api/services/*', one('expired')),
  'service-closed': answered(({ service }) => `/account/services/${service}`, '**/api/services/*', one('closed')),
  'service-once': buyers(({ once }) => `/account/services/${once}-1`),
  'service-trial': buyers(({ trial }) => `/account/services/${trial}`),
  notices: buyers(() => '/account/notices'),
  'notices-empty': answered(() => '/account/notices', '**/api/notices*', empty('notices')),
  refunds: after(() => '/account/refunds'),
  'refunds-empty': after(() => '/account/refunds', '**/api/refunds*', empty('refunds')),
  'refunds-failing': after(() => '/account/refunds', '**/api/refunds*', failing, /503/),
  'refunds-offline': after(() => '/account/refunds/offline'),
  'refund-reviewing': after(({ reviewing }) => `/account/refunds/${reviewing}`),
  'refund-withdrawing': after(({ reviewing }) => `/account/refunds/${reviewing}`, async (page, en) => {
    await page.getByRole('button', { name: en ? 'Withdraw it' : '撤回申请', exact: true }).click();
    await page.locator('#keep-refund').waitFor();
  }),
  'refund-rejected': after(({ no }) => `/account/refunds/${no}`),
  'refund-refunding': after(({ refunding }) => `/account/refunds/${refunding}`),
  'refund-ask': {
    async go(page, market) {
      const { buyer, isv, operator } = await three(market);
      const quote = await quotation(buyer, 'document-migration', ONCE);
      const { id } = await buyer.post('/api/orders', { quote, method: 'transfer', agreement: 1 });
      await operator.post(`/api/transfers/${id}/confirm`, { amount: (await buyer.get(`/api/orders/${id}`)).quoted });
      await isv.post(`/api/services/${id}-1/opened`);
      await as(page, 'demo-buyer-admin', `/account/orders/${id}/refund`);
      await page.getByRole('button', { name: market.lang === 'en' ? /^Ask for / : /^申请退款 / }).click();
      await page.locator('[aria-invalid="true"]').waitFor();
    },
  },
  'refund-ask-refused': after(({ agreed }) => `/account/orders/${agreed}/refund`),
  'order-after-sale': after(({ offline }) => `/account/orders/${offline}`),
  'order-reviewing': after(({ last }) => `/account/orders/${last}`),
  'order-refunded': after(({ undone }) => `/account/orders/${undone}`),
  'order-offline-denied': after(({ offline }) => `/account/orders/${offline}`, async (page, en) => {
    await page.getByRole('button', { name: en ? 'It did not' : '没有收到', exact: true }).click();
    await page.locator('#offline-reason').waitFor();
  }),
  invoices: after(() => '/account/invoices'),
  'invoices-withdrawing': after(({ requested }) => `/account/invoices?number=${requested}`, async (page, en) => {
    await page.getByRole('button', { name: en ? /^Withdraw it/ : /^撤回申请/ }).click();
    await page.locator('#keep-invoice').waitFor();
  }),
  'invoices-empty': after(() => '/account/invoices', '**/api/invoices*', empty('invoices')),
  'invoices-unreachable': after(() => '/account/invoices', '**/api/invoices*', unreachable, /ERR_INTERNET_DISCONNECTED/),
  'invoice-ask': after(({ rejected }) => `/account/orders/${rejected}/invoice`, async (page, en) => {
    await page.locator('#tax-number').fill('91330100799655058A');
    await page.getByRole('button', { name: en ? 'Ask for it' : '提交申请', exact: true }).click();
    await page.locator('[aria-invalid="true"]').waitFor();
  }),
  settings: buyers(() => '/account/settings'),
  members: {
    async go(page, market) {
      await stock(market);
      await as(page, 'demo-buyer-admin', '/account/settings/members');
      await page.getByRole('button', { name: market.lang === 'en' ? 'Make a link' : '生成邀请链接', exact: true }).click();
      await page.locator('#invite-link').waitFor();
    },
  },
  'members-read-only': { go: (page) => as(page, 'demo-auditor', '/account/settings/members') },
  tokens: {
    async go(page, market) {
      const en = market.lang === 'en';
      await as(page, 'demo-isv-owner', '/account/settings/tokens');
      await page.getByLabel(en ? 'What it is for' : '用途', { exact: true }).fill(en ? 'Reconciliation' : '对账程序');
      await page.getByRole('button', { name: en ? 'Make the token' : '创建令牌', exact: true }).click();
      await page.locator('#token-secret').waitFor();
      await page.getByRole('button', { name: en ? /^Revoke/ : /^吊销/ }).first().click();
    },
  },
  'tokens-not-allowed': { go: (page) => as(page, 'demo-buyer-finance', '/account/settings/tokens') },
  invitation: {
    async go(page, market) {
      const { buyer } = await stock(market);
      await open(page, (await buyer.post('/api/invitations', { role: 'buyer_finance' })).link);
    },
  },
  'invitation-used': { troubles: /404 \(Not Found\)/, go: (page) => open(page, `/invitation/${'A'.repeat(43)}`) },
  'account-loading': {
    async go(page, market) {
      await page.route('**/api/orders*', () => {});
      await page.request.post('/api/demo/session', { data: { account: 'demo-buyer-admin' } });
      await page.goto('/account/orders');
      await runs(page);
    },
  },
  'account-menus': {
    async go(page, market) {
      await as(page, 'demo-buyer-admin', '/account/invoices');
      await page.getByText(market.lang === 'en' ? 'Set forward' : '拨快时钟', { exact: true }).click();
    },
  },
  'account-menu': {
    async go(page, market) {
      await as(page, 'demo-buyer-admin', '/account/invoices');
      await page.getByText('王晓明', { exact: true }).click();
    },
  },
};
