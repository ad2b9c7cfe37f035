// Buying leads to a signed quotation, and nothing about it has to be believed.
import assert from 'node:assert/strict';
import { createPublicKey, verify } from 'node:crypto';
import { after, before, test } from 'node:test';
import { eventually, launch, open, runs, shows, visit } from './support/browser.mjs';
import { Market } from './support/market.mjs';
import { onTheWay, pageData, withPageData } from './support/page-data.mjs';
import { ProductPage } from './support/product-page.mjs';

const EXAMPLE = '/p/data-analytics-2';
const SELECTION = {
  edition: 'standard', term: 'P1Y', quantities: { yonghushu: 10 }, options: { xinghao: 'APP+WAP+微信', quyu: '上海' }, count: 1,
};
const BROKEN = '签名无效：内容与签名不符，请勿采信。';

let market;
let browser;
before(async () => { [market, browser] = await Promise.all([Market.open(), launch()]); });
after(async () => { await browser?.close(); await market?.close(); });

/** A new quotation of the example by HTTP. */
async function quoted() {
  const { status, body } = await market.post('/api/quotes', { product: 'data-analytics-2', selection: SELECTION });
  assert.equal(status, 201);
  return body;
}

const total = (page) => page.getByRole('status', { name: '合计', exact: true });
const seal = (page) => page.getByRole('status').filter({ hasText: /签名/ });

test('buying leads to the server\'s quotation of the same total, whose signature holds, here and elsewhere', async () => {
  let id;
  await visit(browser, market, {}, async (page) => {
    await open(page, EXAMPLE);
    const product = new ProductPage(page);
    await product.chooseTheSeedsExample();
    await shows(product.total, '¥208.00');
    await product.buy.click();
    await page.waitForURL('**/quote/*');
    await runs(page);
    await shows(total(page), '¥208.00');
    await shows(seal(page), '签名有效');
    id = new URL(page.url()).pathname.split('/').at(-1);

    // Back is where the selection still is.
    await page.goBack();
    await runs(page);
    await shows(product.total, '¥208.00');
  });

  const signed = await market.get(`/api/quotes/${id}`);
  assert.deepEqual({ ...JSON.parse(signed.document), document: signed.document, signature: signed.signature, key_id: signed.key_id }, signed);
  assert.equal(signed.total, '208.00');
  assert.deepEqual(signed.selection, SELECTION);
  assert.equal(Date.parse(signed.expires_at) - Date.parse(signed.issued_at), 15 * 60_000);
  const { keys } = await market.get('/.well-known/jwks.json');
  const key = createPublicKey({ key: keys.find(({ kid }) => kid === signed.key_id), format: 'jwk' });
  const holds = (document) => verify(null, Buffer.from(`quotient-quotation-v1\n${document}`), key, Buffer.from(signed.signature, 'base64url'));
  assert.ok(holds(signed.document));
  assert.ok(!holds(signed.document.replace('208.00', '108.00')));
});

test('anything that was tampered with on the way shows', async () => {
  const { id, signature } = await quoted();
  const tamperings = {
    'another total': (html) => html.replaceAll('208.00', '108.00'),
    'one more person': (html) => html.replaceAll('"yonghushu\\":10', '"yonghushu\\":11'),
    'another signature': (html) => html.replaceAll(signature, signature.replace(/./, (first) => (first === 'A' ? 'B' : 'A'))),
    'no known key': (html) => html.replace(/"kid":"[^"]*"/, '"kid":"another"'),
  };
  for (const [what, tamper] of Object.entries(tamperings)) {
    await visit(browser, market, {}, async (page) => {
      let changed = false;
      await onTheWay(page, `/quote/${id}`, (html) => {
        changed = tamper(html) !== html;
        return tamper(html);
      });
      await open(page, `/quote/${id}`);
      assert.ok(changed, `${what}: nothing was tampered with`);
      await shows(seal(page), BROKEN);
      assert.equal(await page.getByText('有效，剩余').count(), 0, 'what is not signed is not valid');
    });
  }
});

test('printed it is the document, whether its signature held, and nothing else: one sheet, black on white', async () => {
  const { id } = await quoted();
  await visit(browser, market, { colorScheme: 'dark' }, async (page) => {
    await open(page, `/quote/${id}`);
    await shows(seal(page), '签名有效');
    await page.emulateMedia({ media: 'print' });
    for (const role of ['banner', 'contentinfo', 'navigation', 'button', 'link']) {
      assert.equal(await page.getByRole(role).filter({ visible: true }).count(), 0, `${role} on paper`);
    }
    const sheet = page.getByRole('article');
    await shows(sheet.getByRole('heading', { level: 1 }), '报价单');
    await shows(total(page), '¥208.00');
    assert.equal(await page.getByRole('main').innerText(), `签名有效\n\n${await sheet.innerText()}`);
    const style = await page.evaluate(() => {
      const { backgroundColor, color } = getComputedStyle(document.documentElement);
      return { backgroundColor, color };
    });
    assert.deepEqual(style, { backgroundColor: 'rgb(255, 255, 255)', color: 'rgb(0, 0, 0)' }, 'a dark system');
    const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
    assert.ok(pdf.startsWith('%PDF'));
    assert.equal(pdf.match(/\/Type\s*\/Page\b/g).length, 1, 'sheets of paper');
  });
});

test('a tampered total is refused by the server, with its own quote', async () => {
  for (const expected of ['207.99', '208.01', '0.00']) {
    const { status, body } = await market.post('/api/quotes', { product: 'data-analytics-2', selection: SELECTION, expected_total: expected });
    assert.deepEqual([status, body.code, body.quote.total, body.quote.lines.length], [409, 'price_mismatch', '208.00', 4]);
  }
});

test('a price that has changed since the page was loaded is said, and nothing is quoted unseen', async () => {
  await visit(browser, market, {}, async (page, visitor) => {
    visitor.foresee(/409 \(Conflict\)/);
    // Yesterday's page: a revision ago ten people cost ¥8 each. Everything else is the real server's.
    await onTheWay(page, EXAMPLE, (html) => {
      const { config, revision, ...product } = pageData(html);
      const charges = config.editions.find(({ code }) => code === 'standard').charges;
      charges.find(({ key }) => key === 'yonghushu').tiers.find(({ from }) => from === 10).unit.new.year = '8';
      return withPageData(html, { ...product, config, revision: revision - 1 });
    });
    await open(page, EXAMPLE);
    const product = new ProductPage(page);
    await product.chooseTheSeedsExample();
    await shows(product.total, '¥188.00');
    await product.buy.click();
    await shows(page.getByText('价格已更新'), /¥188\.00.*现价 ¥208\.00/);
    assert.match(page.url(), /\/p\/data-analytics-2/, 'it is for the buyer to go on');
    await shows(product.total, '¥208.00');
    await product.buy.click();
    await page.waitForURL('**/quote/*');
    await shows(total(page), '¥208.00');
  });
});

test('with the server down buying says so, nothing is lost, and it goes on afterwards', async () => {
  await visit(browser, market, {}, async (page, visitor) => {
    visitor.foresee(/ERR_CONNECTION_REFUSED/);
    await open(page, EXAMPLE);
    const product = new ProductPage(page);
    await product.chooseTheSeedsExample();
    await market.stop();
    try {
      await product.buy.click();
      await shows(page.getByText('无法连接服务器'), '无法连接服务器。请检查网络后重试。');
      await shows(product.total, '¥208.00');
      await product.quantity('用户数').fill('11');
      await shows(product.total, '¥218.00');
    } finally {
      await market.start();
    }
    await product.buy.click();
    await page.waitForURL('**/quote/*');
    await shows(total(page), '¥218.00');
  });
});

test('a quotation outlives a restart; after a quarter of an hour it says that it has expired, and can be had anew', async () => {
  const { id } = await quoted();
  await market.stop();
  await market.start();
  await visit(browser, market, {}, async (page) => {
    const here = Date.now();
    await page.clock.setFixedTime(here);
    await open(page, `/quote/${id}`);
    await shows(seal(page), '签名有效');
    await shows(page.getByText('有效，剩余'), /有效，剩余 1[45]:\d\d/);
    await page.clock.setFixedTime(here + 15 * 60_000 + 1000);
    await shows(seal(page), '签名有效，但报价已过期');
    await page.getByRole('button', { name: '重新报价' }).click();
    await eventually(() => /\/quote\//.test(page.url()) && !page.url().endsWith(id), 'another quotation');
    await shows(total(page), '¥208.00');
  });
});

test('nobody guesses a quotation: an unknown one is not found', async () => {
  await visit(browser, market, {}, async (page, visitor) => {
    visitor.foresee(/404 \(Not Found\)/);
    await page.goto('/quote/AAAAAAAAAAAAAAAAAAAAAA');
    await shows(page.getByRole('heading', { level: 1 }), '没有这个页面');
    await page.getByRole('link', { name: '查看全部应用' }).click();
    await shows(page.getByRole('heading', { level: 1 }), '企业应用市场');
  });
});
