// What arrives first: the whole page without scripts, nothing that moves when they start, and the headers of every answer.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request } from 'node:http';
import { after, before, test } from 'node:test';
import { brotliDecompressSync } from 'node:zlib';
import { launch, open, runs, shows, visit } from './support/browser.mjs';
import { Market } from './support/market.mjs';
import { ProductPage } from './support/product-page.mjs';

const EXAMPLE = '/p/data-analytics-2';

let market;
let browser;
let quotation;
before(async () => {
  [market, browser] = await Promise.all([Market.open(), launch()]);
  const selection = { edition: 'standard', term: 'P1Y', quantities: { yonghushu: 10 }, options: { xinghao: 'APP+WAP+微信', quyu: '上海' } };
  const { body } = await market.post('/api/quotes', { product: 'data-analytics-2', selection });
  quotation = `/quote/${body.id}`;
});
after(async () => { await browser?.close(); await market?.close(); });

test('without scripts the product\'s page is whole, and its form prices another selection', async () => {
  await visit(browser, market, { javaScriptEnabled: false }, async (page) => {
    await page.goto(EXAMPLE);
    await shows(page.getByRole('heading', { level: 1 }), '数据分析软件(演示例子2)');
    await shows(page.getByText('按人数、终端和区域灵活选购'), /人数越多单价越低/);
    const product = new ProductPage(page);
    for (const edition of ['标准版', '高级版', '尊贵版']) assert.ok(await product.edition(edition).isVisible(), edition);
    // 12 + 5 × 12 + 24 + 36
    await shows(product.total, '¥132.00');
    await product.quantity('用户数').fill('10');
    await product.option('型号', 'APP+WAP+微信').check();
    await product.option('区域', '上海').check();
    await page.getByRole('button', { name: '更新报价' }).click();
    await page.waitForURL('**q.yonghushu=10**');
    await shows(product.total, '¥208.00');
    await product.says('续费', '¥208.00');
    assert.ok(await product.option('区域', '上海').isChecked());
  });
});

test('nothing moves when the scripts take over, on any page, phone or desk', async () => {
  for (const viewport of [{ width: 360, height: 740 }, { width: 1280, height: 900 }]) {
    for (const path of ['/', EXAMPLE, quotation]) {
      await visit(browser, market, { viewport }, async (page) => {
        await page.addInitScript(() => {
          globalThis.shifts = [];
          new PerformanceObserver((list) => {
            for (const { value, sources, startTime } of list.getEntries()) {
              const moved = sources.map(({ node, previousRect, currentRect }) => `${node?.outerHTML?.slice(0, 120) ?? node?.textContent} ${JSON.stringify(previousRect)} → ${JSON.stringify(currentRect)}`);
              globalThis.shifts.push({ value, startTime, moved });
            }
          }).observe({ type: 'layout-shift', buffered: true });
        });
        // On a fast line the first paint would not be seen at all.
        await page.route('**/*.wasm', async (route) => {
          await new Promise((resolve) => { setTimeout(resolve, 300); });
          await route.continue();
        });
        await page.goto(path);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await runs(page);
        await page.waitForTimeout(200);
        assert.deepEqual(await page.evaluate(() => globalThis.shifts), [], `${path} at ${viewport.width} px`);
      });
    }
  }
});

test('what was chosen before the scripts came is kept', async () => {
  await visit(browser, market, {}, async (page) => {
    let release;
    const released = new Promise((resolve) => { release = resolve; });
    await page.route('**/*.wasm', async (route) => { await released; await route.continue(); });
    await page.goto(EXAMPLE, { waitUntil: 'commit' });
    const product = new ProductPage(page);
    await product.chooseTheSeedsExample();
    release();
    await runs(page);
    await shows(product.total, '¥208.00');
    assert.equal(await product.quantity('用户数').inputValue(), '10');
    assert.ok(await product.quantity('用户数').isVisible());
  });
});

/** One exchange as it is on the wire: nothing decompressed, nothing followed. */
async function exchange(method, path, headers = {}, body = undefined) {
  const asked = request(market.url + path, { method, headers });
  asked.end(body);
  const [response] = await once(asked, 'response');
  const chunks = [];
  for await (const chunk of response) chunks.push(chunk);
  return { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) };
}

const ALWAYS = {
  'x-content-type-options': /^nosniff$/,
  'x-frame-options': /^DENY$/,
  'referrer-policy': /^(same-origin|no-referrer|strict-origin-when-cross-origin)$/,
  'content-security-policy': /default-src 'none'.*frame-ancestors 'none'/,
  'permissions-policy': /camera=\(\)/,
  'cross-origin-opener-policy': /^same-origin$/,
  'cross-origin-resource-policy': /^same-origin$/,
  'x-request-id': /^[\w-]{8,}$/,
};

test('every answer has the security headers: pages, files, API, and every error', async () => {
  const files = await filesOf(EXAMPLE);
  const json = { 'content-type': 'application/json' };
  const answers = [
    [200, 'GET', '/'], [200, 'GET', EXAMPLE], [200, 'GET', quotation], [200, 'HEAD', EXAMPLE],
    [200, 'GET', '/api/products'], [200, 'GET', '/api/openapi.json'], [200, 'GET', '/healthz'], [200, 'GET', '/.well-known/jwks.json'],
    ...files.map((path) => [200, 'GET', path]),
    [404, 'GET', '/nothing'], [404, 'GET', '/p/nothing'], [404, 'GET', '/api/nothing'], [404, 'GET', '/api/products/nothing'],
    [404, 'GET', '/quote/nothing'], [405, 'DELETE', '/api/products'], [405, 'POST', '/'], [415, 'POST', '/api/prices', {}, '{}'],
    [400, 'POST', '/api/prices', json, '{'], [413, 'POST', '/api/quotes', json, `"${'x'.repeat(2_000_000)}"`],
    [422, 'POST', '/api/prices', json, '{"product":"data-analytics-2","selection":{"edition":"none"}}'],
  ];
  for (const [status, method, path, headers, body] of answers) {
    const answer = await exchange(method, path, headers, body);
    const what = `${method} ${path}`;
    assert.equal(answer.status, status, what);
    for (const [name, expected] of Object.entries(ALWAYS)) assert.match(answer.headers[name] ?? 'missing', expected, `${what}: ${name}`);
    assert.doesNotMatch(answer.headers['content-security-policy'], /unsafe-inline|'unsafe-eval'|\*/, what);
    assert.equal(answer.headers.server, undefined, what);
  }
});

test('files whose name has their hash are kept for ever, and come compressed by brotli', async () => {
  const files = (await filesOf(EXAMPLE)).filter((path) => /-[0-9a-f]{8,}(_bg)?\.(js|wasm)$/.test(path));
  assert.ok(['.js', '.wasm'].every((kind) => files.some((path) => path.endsWith(kind))), `${files}`);
  for (const path of files) {
    const [plain, small] = await Promise.all([exchange('GET', path), exchange('GET', path, { 'accept-encoding': 'gzip, br' })]);
    for (const { headers } of [plain, small]) {
      assert.match(headers['cache-control'], /immutable/, path);
      assert.match(headers['cache-control'], /max-age=31536000/, path);
      assert.match(headers.vary ?? '', /accept-encoding/i, path);
    }
    assert.equal(plain.headers['content-encoding'], undefined, path);
    assert.equal(small.headers['content-encoding'], 'br', path);
    assert.ok(plain.body.equals(brotliDecompressSync(small.body)), path);
    assert.ok(small.body.length < plain.body.length, path);
  }
  const page = await exchange('GET', EXAMPLE, { 'accept-encoding': 'br' });
  assert.match(page.headers['cache-control'], /no-cache/, 'the page itself is asked for again');
  assert.equal(page.headers['content-encoding'], 'br');
});

/** The paths of every file that a page loads. */
async function filesOf(path) {
  const files = new Set();
  await visit(browser, market, {}, async (page) => {
    page.on('response', (response) => files.add(new URL(response.url()).pathname));
    await open(page, path);
  });
  files.delete(path);
  return [...files];
}
