// The pictures of the documentation, taken of the running store.
//
//   QUOTIENT_URL=http://… node screenshots.mjs docs
//
// Writes product.png, service.png and workbench.png. With ALL=1 it writes instead every page in every state, at three widths, in both themes and
// languages: not to be committed, but to be looked at.
import assert from 'node:assert/strict';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Member } from './support/account.mjs';
import { launch, open, shows, visit } from './support/browser.mjs';
import { STATES } from './support/pages.mjs';
import { ProductPage } from './support/product-page.mjs';
import { SELECTION } from './support/selections.mjs';
import { quotation } from './support/stock.mjs';

/** Bytes: a README should not be heavy. */
const LARGEST = 300 * 1024;
/** The picture should be the same tomorrow: what is bought is bought at this instant. */
const NOW = '2027-01-01T10:00:00+08:00';
const LOOKS = { deviceScaleFactor: 1.5, colorScheme: 'light', reducedMotion: 'reduce' };

const [folder] = process.argv.slice(2);
const url = process.env.QUOTIENT_URL;
if (!folder || !url) throw new Error('usage: QUOTIENT_URL=http://… node screenshots.mjs FOLDER');
await mkdir(folder, { recursive: true });
const browser = await launch();
try {
  if (process.env.ALL) {
    await everything();
  } else {
    await product();
    await service();
    await workbench();
  }
} finally {
  await browser.close();
}

/** A picture that a README can have. */
async function take(page, name) {
  await page.mouse.move(0, 0);
  await page.evaluate(() => { document.activeElement?.blur(); scrollTo(0, 0); });
  const path = join(folder, name);
  await page.screenshot({ path, animations: 'disabled' });
  const { size } = await stat(path);
  assert.ok(size <= LARGEST, `${path} has ${size} bytes, more than ${LARGEST}`);
  console.log(`${path}: ${Math.round(size / 1024)} KB`);
}

/** The seed's example on a desk. */
async function product() {
  const buyer = await Member.of({ url }, 'demo-buyer-admin');
  await buyer.post('/api/sandbox/clock', { at: NOW });
  await visit(browser, { url }, { ...LOOKS, viewport: { width: 1200, height: 1130 } }, async (page) => {
    const here = Date.now();
    await page.clock.setFixedTime(here);
    await open(page, '/p/data-analytics-2');
    const { now } = await (await page.request.get('/api/products/data-analytics-2')).json();
    await page.clock.setFixedTime(here + Date.parse(NOW) - Date.parse(now));
    const product = new ProductPage(page);
    await product.chooseTheSeedsExample();
    await shows(product.total, '¥208.00');
    await product.says('服务至', '2028年1月1日');
    await take(page, 'product.png');
  });
}

/** A service of the example, some months after it was bought. */
async function service() {
  const market = { url };
  const buyer = await Member.of(market, 'demo-buyer-admin');
  const isv = await Member.of(market, 'demo-isv-owner');
  const quote = await quotation(buyer, 'data-analytics-2', { ...SELECTION, count: 1 });
  const { id } = await buyer.post('/api/orders', { quote, method: 'sandbox', agreement: 1 });
  const { address } = await buyer.post(`/api/orders/${id}/pay`, { method: 'sandbox' });
  await buyer.post(`/api/sandbox/payments/${address.split('/').at(-1)}`, { play: 'pay' });
  await isv.openEverything();
  await buyer.post('/api/sandbox/clock', { advance: 'P120D' });
  await visit(browser, market, { ...LOOKS, viewport: { width: 1200, height: 940 } }, async (page) => {
    await page.request.post('/api/demo/session', { data: { account: 'demo-buyer-admin' } });
    await open(page, `/account/services/${id}-1`);
    await shows(page.getByRole('status', { name: '剩余', exact: true }), '245 天');
    await take(page, 'service.png');
  });
}

/** The seed's example on the workbench. */
async function workbench() {
  await visit(browser, { url }, { ...LOOKS, viewport: { width: 1440, height: 940 } }, async (page) => {
    await page.request.post('/api/demo/session', { data: { account: 'demo-isv-owner' } });
    await open(page, '/console/products/data-analytics-2');
    await page.locator('.bench-side').getByRole('spinbutton', { name: '用户数' }).fill('10');
    await page.locator('.bench-side').getByRole('radio', { name: 'APP+WAP+微信', exact: true }).check();
    await page.evaluate(() => { scrollTo(0, 0); document.querySelector('.bench-side').scrollTo(0, 0); });
    await take(page, 'workbench.png');
  });
}

/** Every state of every page. */
async function everything() {
  const wanted = process.env.STATES?.split(',');
  for (const [state, { go, troubles }] of Object.entries(STATES)) {
    if (wanted && !wanted.includes(state)) continue;
    for (const lang of ['zh', 'en']) {
      await visit(browser, { url }, { lang, reducedMotion: 'reduce' }, async (page, visitor) => {
        if (troubles) visitor.foresee(troubles);
        await go(page, { url, lang });
        for (const width of [360, 768, 1440]) {
          for (const colorScheme of ['light', 'dark']) {
            await page.setViewportSize({ width, height: width === 360 ? 740 : 900 });
            await page.emulateMedia({ colorScheme });
            await page.mouse.move(0, 0);
            const name = `${state}-${width}-${colorScheme}-${lang}`;
            await writeFile(join(folder, `${name}.png`), await page.screenshot({ fullPage: true, animations: 'disabled' }));
          }
        }
      });
    }
    console.log(state);
  }
}
