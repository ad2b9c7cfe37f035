// The console's pages in each of their states.
import { Member } from './account.mjs';
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
  const { services: [service] } = await vendor.get('/api/services?state=provisioning');
  await vendor.post(`/api/services/${service.id}/note`, { note: '已电话确认，周三前开通' });
  await vendor.post(`/api/services/${service.id}/opened`);
  return { unpaid, repriced, short, over, service };
}

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
