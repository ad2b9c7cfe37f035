// The console's pages in each of their states.
import { Member } from './account.mjs';
import { aftermath } from './after-sale.mjs';
import { open, runs, shows } from './browser.mjs';

const SELECTION = {
  edition: 'standard', term: 'P1Y', quantities: { yonghushu: 10 }, options: { xinghao: 'APP+WAP+微信', quyu: '上海' }, count: 2,
};

/** Signs this account in for `page`, without its sign-in page. */
async function signIn(page, url, account) {
  await page.request.post(`${url}/api/demo/session`, { data: { account } });
}

/** An order for two of the example, to be paid by transfer. */
async function ordered(url, method = 'transfer') {
  const buyer = await Member.of({ url }, 'demo-buyer-admin');
  const quotation = await buyer.post('/api/quotes', { product: 'data-analytics-2', selection: SELECTION });
  return buyer.post('/api/orders', { quote: quotation.id, method, agreement: 1 });
}

/** Orders at every stage: unpaid, repriced, short, settled with too much, opened. */
async function trade(url) {
  const [vendor, operator] = await Promise.all(['demo-isv-owner', 'demo-operator-1'].map((account) => Member.of({ url }, account)));
  const unpaid = await ordered(url, 'sandbox');
  const repriced = await ordered(url);
  await vendor.post(`/api/orders/${repriced.id}/reprice`, { amount: '400.01', reason: '老客户优惠' });
  const short = await ordered(url);
  await operator.post(`/api/transfers/${short.id}/confirm`, { amount: '300.00' });
  const over = await ordered(url);
  await operator.post(`/api/transfers/${over.id}/confirm`, { amount: '500.00' });
  await said(url, over.id);
  const { services: [service] } = await vendor.get('/api/services?state=provisioning');
  await vendor.post(`/api/services/${service.id}/note`, { note: '已电话确认，周三前开通' });
  await vendor.post(`/api/services/${service.id}/opened`);
  return { unpaid, repriced, short, over, service };
}

/** A review that is answered and added to, and a complaint that is answered, of this order. */
async function said(url, order) {
  const [buyer, vendor] = await Promise.all(['demo-buyer-admin', 'demo-isv-owner'].map((account) => Member.of({ url }, account)));
  const review = await buyer.post(`/api/orders/${order}/review`, { stars: 4, text: '上手快，报表清楚。\n导出还可以再快些。' });
  await vendor.post(`/api/reviews/${review.id}/answer`, { to: 'first', text: '谢谢，下个版本会更快。' });
  await buyer.post(`/api/reviews/${review.id}/follow-up`, { stars: 5, text: '确实快了。' });
  const complaint = await buyer.post(`/api/orders/${order}/complaint`, { text: '三天打不开，没有人回应。' });
  await vendor.post(`/api/complaints/${complaint.id}/answer`, { text: '证书过期，已更换。' });
}

/** A month's page as the server would answer it: closed, or paid out. */
const month = (account, state, then) => ({
  async go(page, { url, lang }) {
    await signIn(page, url, account);
    await page.route('**/api/settlements/*', (route) => route.fulfill({ json: statement(state) }));
    await open(page, '/console/settlements/2026-11-demo-isv');
    await page.locator('#standing').waitFor();
    await then?.(page, lang);
  },
});

function statement(state) {
  const line = (order, kind, amount) => ({
    order, kind, amount, at: '2026-11-21T10:00:00+08:00', product_name: '数据分析软件(演示例子2)', customer: '上海晨光贸易有限公司（演示企业）',
  });
  return {
    id: '2026-11-demo-isv', isv: { id: 'demo-isv', name: '杭州云图数据技术有限公司（演示服务商）' }, month: '2026-11',
    fulfilled: '12345678.90', refunded: '416.00', deducted: '208.00', payable: '12345054.90', carried: '0.00',
    payable_by: '2026-12-31T23:59:59+08:00', state,
    lines: [line('0190f3f0aaaa', 'fulfilled', '12345678.90'), line('0190f3f0bbbb', 'refunded', '416.00')],
  };
}

const CLOSED = { is: 'closed', at: '2026-12-01T01:00:00+08:00' };
const PAID_OUT = { is: 'paid_out', closed_at: CLOSED.at, at: '2026-12-05T09:00:00+08:00', reference: 'ICBC-20261205-001' };

/** A state of a page that this account sees at `path`, which may depend on the trade. */
const seen = (account, path, then = async () => {}) => ({
  async go(page, { url, lang }) {
    const made = await trade(url);
    await signIn(page, url, account);
    await open(page, typeof path === 'string' ? path : path(made));
    await page.getByRole('heading', { level: 1 }).filter({ visible: true }).first().waitFor();
    await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
    await then(page, lang);
  },
});

/** The same with what there is after sales. */
const afterwards = (account, path, then = async () => {}) => ({
  async go(page, market) {
    const made = await aftermath(market);
    await signIn(page, market.url, account);
    await open(page, path(made));
    await page.getByRole('heading', { level: 1 }).filter({ visible: true }).first().waitFor();
    await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
    await then(page, market.lang);
  },
});

const pick = (lang, zh, en) => (lang === 'en' ? en : zh);

/** State → how its reader comes to it, as for the other pages. */
export const CONSOLE = {
  'console-orders': seen('demo-isv-owner', '/console/orders'),
  'console-orders-none-found': seen('demo-isv-owner', '/console/orders?number=nothing'),
  'console-order-reprice': seen('demo-isv-owner', ({ unpaid }) => `/console/orders/${unpaid.id}`, async (page, lang) => {
    await page.getByLabel(pick(lang, '订单新金额（元）', "The order's new amount, in yuan")).fill('400.01');
    await page.getByLabel(pick(lang, '改价原因', 'Reason')).fill('老客户优惠');
    await shows(page.locator('.reprice-live'), /¥200\.01[\s\S]*¥200\.00/);
  }),
  'console-order-unfit': seen('demo-isv-owner', ({ unpaid }) => `/console/orders/${unpaid.id}`, async (page, lang) => {
    await page.getByLabel(pick(lang, '订单新金额（元）', "The order's new amount, in yuan")).fill('四百');
    await page.getByRole('button', { name: pick(lang, '改价', 'Change the price'), exact: true }).click();
  }),
  'console-order-operator': seen('demo-operator-1', ({ short }) => `/console/orders/${short.id}`),
  'workbench-products': seen('demo-isv-owner', '/console/products', async (page, lang) => {
    await page.getByRole('button', { name: lang === 'en' ? 'New product' : '新建商品' }).click();
  }),
  'workbench-editor': seen('demo-isv-owner', '/console/products/data-analytics-1', async (page) => {
    await page.locator('.bench-to-form').evaluate((tab) => tab.click());
  }),
  'workbench-changes': seen('demo-isv-support', '/console/products/data-analytics-2', async (page, lang) => {
    await page.getByRole('button', { name: lang === 'en' ? 'Changes' : '变化', exact: true }).click();
  }),
  'workbench-revisions': seen('demo-isv-owner', '/console/products/data-analytics-2/revisions'),
  'console-services': seen('demo-isv-support', '/console/services'),
  'console-service': seen('demo-isv-owner', ({ service }) => `/console/services/${service.id}`),
  'console-service-waiting': seen('demo-isv-owner', ({ over, service }) => {
    const other = service.id.endsWith('-1') ? 2 : 1;
    return `/console/services/${over.id}-${other}`;
  }),
  'console-transfers': seen('demo-operator-1', '/console/transfers', async (page, lang) => {
    await page.getByRole('button', { name: pick(lang, /^确认到账：/, /^Confirm what arrived/) }).first().click();
    await page.locator('#arrived').fill('500');
    await page.locator('#follows').waitFor();
  }),
  'console-transfers-auditor': seen('demo-auditor', '/console/transfers'),
  'console-reviews': seen('demo-isv-owner', '/console/reviews?state=unanswered', async (page, lang) => {
    await page.getByRole('button', { name: pick(lang, /^回复/, /^Answer the/) }).first().click();
    await page.locator('#answer').waitFor();
  }),
  'console-reviews-operator': seen('demo-operator-1', '/console/reviews'),
  'console-complaints': seen('demo-operator-1', '/console/complaints', async (page, lang) => {
    await page.getByRole('button', { name: pick(lang, /^裁定：/, /^Decide: /) }).first().click();
    await page.getByRole('button', { name: pick(lang, '作出裁定', 'Decide'), exact: true }).last().click();
    await page.getByRole('alert').waitFor();
  }),
  'console-complaints-auditor': seen('demo-auditor', '/console/complaints'),
  'console-settlements': {
    async go(page, { url }) {
      await signIn(page, url, 'demo-operator-1');
      const settlements = [CLOSED, PAID_OUT].map((state) => ({ ...statement(state), lines: undefined }));
      await page.route('**/api/settlements*', (route) => route.fulfill({ json: { settlements } }));
      await open(page, '/console/settlements');
      await page.getByRole('table').waitFor();
    },
  },
  'console-settlements-support': seen('demo-isv-support', '/console/settlements'),
  'console-settlement': month('demo-isv-owner', PAID_OUT),
  'console-settlement-to-pay': month('demo-operator-1', CLOSED, async (page, lang) => {
    await page.getByRole('button', { name: pick(lang, /^登记已付/, /^Record/) }).click();
  }),
  'console-refunds': afterwards('demo-isv-owner', () => '/console/refunds'),
  'console-refunds-offline': afterwards('demo-auditor', () => '/console/refunds/offline'),
  'console-refund': afterwards('demo-isv-owner', ({ reviewing }) => `/console/refunds/${reviewing}`),
  'console-refund-approve': afterwards('demo-isv-owner', ({ reviewing }) => `/console/refunds/${reviewing}`, async (page, lang) => {
    await page.getByRole('button', { name: pick(lang, '同意退款', 'Refund it'), exact: true }).click();
    await page.locator('#leave-step').waitFor();
  }),
  'console-refund-reject': afterwards('demo-isv-owner', ({ reviewing }) => `/console/refunds/${reviewing}`, async (page, lang) => {
    await page.getByRole('button', { name: pick(lang, '不同意', 'Do not refund'), exact: true }).click();
    await page.getByRole('button', { name: pick(lang, '不同意退款', 'Do not refund'), exact: true }).click();
    await page.locator('[aria-invalid="true"]').waitFor();
  }),
  'console-refund-to-send': afterwards('demo-operator-1', ({ toSend }) => `/console/refunds/${toSend}`, async (page, lang) => {
    await page.getByRole('button', { name: pick(lang, '标记为已汇出', 'Mark as sent'), exact: true }).click();
    await page.locator('#leave-step').waitFor();
  }),
  'console-refund-auditor': afterwards('demo-auditor', ({ toSend }) => `/console/refunds/${toSend}`),
  'console-invoices': afterwards('demo-isv-owner', () => '/console/invoices', async (page, lang) => {
    await page.getByRole('button', { name: pick(lang, /^处理：/, /^Answer:/) }).first().click();
    await page.locator('#answer').waitFor();
  }),
  'console-invoices-auditor': afterwards('demo-auditor', () => '/console/invoices'),
  'console-order-after-sale': afterwards('demo-isv-owner', ({ agreed }) => `/console/orders/${agreed}`, async (page, lang) => {
    await page.getByRole('button', { name: pick(lang, '登记线下退款', 'Record an offline refund'), exact: true }).click();
    await page.getByRole('button', { name: pick(lang, /^登记，/, /^Record it/) }).click();
    await page.locator('[aria-invalid="true"]').first().waitFor();
  }),
  'console-order-reviewing': afterwards('demo-isv-owner', ({ last }) => `/console/orders/${last}`),
  'console-notices': seen('demo-operator-1', '/console/notices'),
  'console-empty': {
    async go(page, { url }) {
      await signIn(page, url, 'demo-auditor');
      await page.route('**/api/transfers*', (route) => route.fulfill({ json: { transfers: [] } }));
      await open(page, '/console/transfers');
      await page.locator('.empty').waitFor();
    },
  },
  'console-loading': {
    async go(page, { url }) {
      await signIn(page, url, 'demo-isv-owner');
      await page.route('**/api/orders*', () => {});
      await page.goto('/console/orders');
      await runs(page);
    },
  },
  'console-failed': {
    troubles: /ERR_FAILED/,
    async go(page, { url }) {
      await signIn(page, url, 'demo-operator-1');
      await page.route('**/api/orders*', (route) => route.abort());
      await page.goto('/console/orders');
      await runs(page);
      await page.locator('.plain').waitFor();
    },
  },
};
