// Buying as a person does it, step by step, for journeys that buy.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { signInAs } from './account.mjs';
import { open, runs, shows } from './browser.mjs';
import { ProductPage } from './product-page.mjs';

export const EXAMPLE = '/p/data-analytics-2';
export const BUYER = '王晓明';
/** Where the journeys go: browser options by name. */
export const SIZES = { 'a desk': {}, 'a phone': { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } };

/** Two of the seed's example, quoted, and the quotation's page left for checkout as the buyer. */
export async function toCheckout(page) {
  await open(page, EXAMPLE);
  const product = new ProductPage(page);
  await product.chooseTheSeedsExample();
  await product.count.fill('2');
  await shows(product.total, '¥416.00');
  await checkOut(page, product);
  await signInAs(page, BUYER);
  await page.waitForURL('**/checkout/*');
}

/** What is configured is quoted, and ordering begins: nobody is signed in, so the way leads past the sign-in page. */
export async function checkOut(page, product) {
  await product.buy.click();
  await page.waitForURL('**/quote/*');
  await runs(page);
  await page.getByRole('link', { name: '去下单', exact: true }).click();
  await page.waitForURL('**/sign-in?*');
  await runs(page);
}

export const placing = (page) => page.getByRole('button', { name: '提交订单', exact: true });
export const total = (page) => page.getByRole('status', { name: /^(合计|应付|实付)$/ });
export const standing = (page) => page.getByRole('region', { name: /^(订单进展|服务状态)$/ }).locator('p[role=status]');

/** Orders what is on the checkout page; the provider's page is open then. */
export async function order(page) {
  await shows(total(page), '¥416.00');
  await page.getByRole('checkbox', { name: /^我代表企业同意/ }).check();
  await placing(page).click();
  await page.waitForURL('**/sandbox/pay/*');
  await runs(page);
}

export async function pay(page, how = '确认付款') {
  await page.getByRole('button', { name: how, exact: true }).click();
  await page.waitForURL('**/account/orders/*');
  await runs(page);
}

const axe = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Axe finds nothing, in both themes. */
export async function accessible(page, what) {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.evaluate(await axe);
    const { violations } = await page.evaluate(() => globalThis.axe.run(document, {
      resultTypes: ['violations'],
      rules: { 'target-size': { enabled: true } },
    }));
    const found = violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target}: ${failureSummary}`));
    assert.deepEqual(found, [], `${what}, ${colorScheme}`);
  }
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(wide, 0, `${what} is cut off`);
}
