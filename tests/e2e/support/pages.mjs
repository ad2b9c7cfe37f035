// The pages in each of their states, for whatever looks at all of them.
import { ACCOUNT_STATES } from './account-pages.mjs';
import { open, runs, shows } from './browser.mjs';
import { CONSOLE } from './console-pages.mjs';
import { onTheWay, withPageData } from './page-data.mjs';
import { ProductPage } from './product-page.mjs';
import { SELECTION } from './selections.mjs';

const EXAMPLE = '/p/data-analytics-2';

/** A new quotation of two of the example. */
async function quotation(url) {
  const response = await fetch(`${url}/api/quotes`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ product: 'data-analytics-2', selection: SELECTION }),
  });
  return `/quote/${(await response.json()).id}`;
}

/** Chooses the example with 9 people, which has advice to show. */
async function chooseNine(product) {
  await product.chooseTheSeedsExample();
  await product.quantity('用户数').fill('9');
  await shows(product.total, '¥216.00');
}

/**
 * State → how a visitor comes to it. Each gets the page, the store's address and the language; `troubles` are the
 * console's words for a failure that belongs to the state.
 */
export const STATES = {
  home: {
    go: (page) => open(page, '/'),
  },
  'home-nothing-found': {
    async go(page, { lang }) {
      await open(page, '/');
      await page.getByRole('searchbox', { name: lang === 'en' ? 'Search apps' : '搜索应用' }).fill('量子');
    },
  },
  product: {
    async go(page, { lang }) {
      await open(page, EXAMPLE);
      await chooseNine(new ProductPage(page, lang));
    },
  },
  'product-error': {
    async go(page, { lang }) {
      await open(page, EXAMPLE);
      const product = new ProductPage(page, lang);
      await chooseNine(product);
      await product.quantity('用户数').fill('4');
      await product.count.fill('0');
      await shows(product.total, '—');
    },
  },
  'product-offline': {
    troubles: /ERR_INTERNET_DISCONNECTED/,
    async go(page, { lang }) {
      await open(page, EXAMPLE);
      const product = new ProductPage(page, lang);
      await chooseNine(product);
      await page.context().setOffline(true);
      await product.buy.click();
      await shows(page.getByText(lang === 'en' ? 'The server cannot be reached' : '无法连接服务器'), /./);
    },
  },
  'product-large': {
    async go(page, { lang }) {
      await open(page, '/p/team-approval');
      const product = new ProductPage(page, lang);
      await product.edition('集团版').check();
      await product.quantity('使用人数').fill('12345');
      await product.count.fill('100');
      await shows(product.total, /^¥9{3,}/);
    },
  },
  quotation: {
    async go(page, { url, lang }) {
      await open(page, await quotation(url));
      await shows(page.getByText(lang === 'en' ? 'Signature valid' : '签名有效'), /./);
    },
  },
  'quotation-expired': {
    async go(page, { url, lang }) {
      const here = Date.now();
      await page.clock.setFixedTime(here);
      await open(page, await quotation(url));
      await page.clock.setFixedTime(here + 16 * 60_000);
      await shows(page.getByText(lang === 'en' ? 'Signature valid, but' : '签名有效，但'), /./);
    },
  },
  'quotation-tampered': {
    async go(page, { url, lang }) {
      const path = await quotation(url);
      await onTheWay(page, path, (html) => html.replaceAll('416.00', '316.00'));
      await open(page, path);
      await shows(page.getByText(lang === 'en' ? 'Signature invalid' : '签名无效'), /./);
    },
  },
  'not-found': {
    troubles: /404 \(Not Found\)/,
    go: (page) => open(page, '/nothing'),
  },
  loading: {
    async go(page) {
      // As when the page's data did not arrive with it, and its request is on its way.
      await onTheWay(page, EXAMPLE, (html) => withPageData(html, undefined));
      await page.route('**/api/products/*', () => {});
      await page.goto(EXAMPLE);
      await runs(page);
    },
  },
  'not-loaded': {
    troubles: /ERR_FAILED/,
    async go(page) {
      await onTheWay(page, EXAMPLE, (html) => withPageData(html, undefined));
      await page.route('**/api/products/*', (route) => route.abort());
      await page.goto(EXAMPLE);
      await runs(page);
    },
  },
  ...ACCOUNT_STATES,
  ...CONSOLE,
};
