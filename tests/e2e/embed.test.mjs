// The configurator on other people's sites: one that its vendor allows, one that it does not.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { Member, signInAs } from './support/account.mjs';
import { eventually, launch, runs, shows, visit } from './support/browser.mjs';
import { BUYER, SIZES } from './support/buying.mjs';
import { Market } from './support/market.mjs';
import { ProductPage } from './support/product-page.mjs';

const SLUG = 'data-analytics-2';
let market;
let browser;
let allowed;
let stranger;
before(async () => {
  [browser, market] = await Promise.all([launch(), Market.open()]);
  [allowed, stranger] = await Promise.all([site(), site()]);
  const isv = await Member.of(market, 'demo-isv-owner');
  assert.deepEqual(await isv.put(`/api/workbench/products/${SLUG}/origins`, { origins: [allowed.url] }), { origins: [allowed.url] });
});
after(async () => {
  for (const it of [allowed, stranger]) it?.server.close();
  await Promise.all([browser?.close(), market?.close()]);
});

/** A small site of somebody's, on a port of its own: `/SLUG` shows that product's configurator. */
async function site() {
  const server = createServer((request, response) => {
    const [slug, lang] = request.url.slice(1).split('.');
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(slug === 'favicon' ? '' : `<!DOCTYPE html><html lang="zh"><meta name="viewport" content="width=device-width"><title>Shop</title><link rel="icon" href="data:,">
      <h1>Shop</h1><quotient-configurator product="${slug}" lang="${lang ?? 'zh'}"></quotient-configurator>
      <script src="${market.url}/embed.js" async></script>`);
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return { server, url: `http://127.0.0.1:${server.address().port}` };
}

/** The market's page inside of a site's. */
async function framed(page) {
  const inside = () => page.frames().find((it) => it.url().startsWith(`${market.url}/embed/`));
  await eventually(async () => Boolean(inside()), 'the frame');
  const frame = inside();
  await frame.waitForFunction(() => globalThis.storefrontRuns);
  return frame;
}

for (const [size, options] of Object.entries(SIZES)) {
  test(`on ${size}: an allowed site shows the price and leads to the market's checkout`, async () => {
    await visit(browser, market, options, async (page) => {
      await page.goto(`${allowed.url}/${SLUG}`);
      const frame = await framed(page);
      const product = new ProductPage(frame);
      await product.chooseTheSeedsExample();
      await shows(product.total, '¥208.00');
      // The frame is as high as what stands in it: nothing scrolls inside.
      await frame.waitForFunction(() => document.documentElement.scrollHeight <= innerHeight + 1);
      const inside = await frame.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.ok(inside[0] <= inside[1], `nothing is cut at the side: ${inside}`);
      // No script of the site's reaches it.
      assert.equal(await page.evaluate(() => document.querySelector('quotient-configurator').shadowRoot), null);
      if (process.env.QUOTIENT_PICTURES) {
        await page.screenshot({ path: `${process.env.QUOTIENT_PICTURES}/embed-${size.replaceAll(' ', '-')}.png`, fullPage: true });
      }
      await product.buy.click();
      await page.waitForURL(`${market.url}/quote/*`);
      await runs(page);
      await page.getByRole('link', { name: '去下单', exact: true }).click();
      await page.waitForURL('**/sign-in?*');
      await runs(page);
      await signInAs(page, BUYER);
      await page.waitForURL('**/checkout/*');
      await shows(page.getByRole('status', { name: /^(合计|应付)$/ }), '¥208.00');
    });
  });
}

test('another site is refused in words', async () => {
  await visit(browser, market, {}, async (page) => {
    // Its words are in a shadow that no script of the site's opens.
    const client = await page.context().newCDPSession(page);
    await client.send('DOM.enable');
    const says = (words) => eventually(async () => {
      const { nodes } = await client.send('DOM.getFlattenedDocument', { depth: -1, pierce: true });
      return nodes.some(({ nodeValue }) => nodeValue === words);
    }, words);
    await page.goto(`${stranger.url}/${SLUG}`);
    await says('此网站未获准显示该商品的价格。');
    assert.equal(page.frames().length, 1);
    await page.goto(`${stranger.url}/${SLUG}.en`);
    await says('This site may not show this product’s prices.');
    await page.goto(`${allowed.url}/nothing`);
    await says('没有这个商品。');
  });
});

test('who frames the page without the element is stopped by the browser', async () => {
  await visit(browser, market, {}, async (page, visitor) => {
    visitor.foresee(/frame-ancestors|Refused to frame|Framing/);
    await page.goto(`${stranger.url}/${SLUG}`);
    await page.evaluate((src) => new Promise((resolve) => {
      const frame = document.createElement('iframe');
      frame.addEventListener('load', resolve);
      frame.src = src;
      document.body.append(frame);
    }), `${market.url}/embed/${SLUG}`);
    const inside = page.frames().filter((it) => it !== page.mainFrame());
    for (const frame of inside) assert.doesNotMatch(await frame.content(), /¥/);
  });
});

test('what the frame downloads', async () => {
  await visit(browser, market, {}, async (page) => {
    const client = await page.context().newCDPSession(page);
    await client.send('Network.enable');
    const sizes = new Map();
    client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => sizes.set(requestId, encodedDataLength));
    await page.goto(`${allowed.url}/${SLUG}`);
    await framed(page);
    const script = await fetch(`${market.url}/embed.js`);
    const length = (await script.text()).length;
    console.log(`embed.js: ${length} bytes; the page on the site: ${[...sizes.values()].reduce((a, b) => a + b, 0)} bytes in all`);
    assert.ok(length < 3072, `embed.js has ${length} bytes`);
  });
});
