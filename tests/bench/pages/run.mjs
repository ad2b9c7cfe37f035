// The product page against its yardsticks, under Lighthouse's mobile settings. Prints medians and ratios.
//
//   QUOTIENT_BIN=…/quotient node pages/run.mjs
//
// BENCH_PAGES=vanilla,react  without our own page     BENCH_ROUNDS=5    BENCH_CLICKS=200   BENCH_PATH=/p/data-analytics-2
// CHROMIUM=/usr/bin/chromium                          BENCH_JSON=FILE   the figures as JSON
// Exit code 0 even if a budget is missed (this reports), 1 if it could not run.
import { writeFile, readFile } from 'node:fs/promises';
import { buildPages } from './build.mjs';
import { launch } from './chromium.mjs';
import { startMarket } from './market.mjs';
import { serve } from './serve.mjs';

// Lighthouse's "mobile slow 4G" is 150 ms and 1.6 Mbit/s (750 kbit/s up). Where it is applied by the browser's own
// throttling, which delays requests and not packets, Lighthouse multiplies: latency × 3.75, throughput × 0.9. So do we.
const NETWORK = {
  offline: false,
  latency: 150 * 3.75,
  downloadThroughput: (1.6 * 1024 * 1024 * 0.9) / 8,
  uploadThroughput: (750 * 1024 * 0.9) / 8,
};
const CPU_SLOWDOWN = 4;
const VIEWPORT = { width: 412, height: 823 };
const BYTES_BUDGET = 150 * 1024;
const PATIENCE = 60_000;

const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
const clicks = Number(process.env.BENCH_CLICKS ?? 200);
const pages = (process.env.BENCH_PAGES ?? 'ours,vanilla,react').split(',').filter(Boolean);
const path = process.env.BENCH_PATH ?? '/p/data-analytics-2';
const probe = await readFile(new URL('probe.js', import.meta.url), 'utf8');

const cleanups = [];
try {
  await main();
} catch (error) {
  console.error(`page benchmark: could not run: ${error.stack ?? error}`);
  process.exitCode = 1;
} finally {
  for (const cleanup of cleanups.reverse()) await cleanup();
}

async function main() {
  const yardsticks = await serve(await buildPages());
  cleanups.push(yardsticks.close);
  const addresses = { vanilla: `${yardsticks.origin}/vanilla`, react: `${yardsticks.origin}/react` };
  if (pages.includes('ours')) addresses.ours = (await startMarket(cleanups)) + path;

  const browser = await launch();
  cleanups.push(() => browser.close());

  // One unmeasured visit warms the browser and the servers; each measured one has a context of its own, its cache empty.
  for (const page of pages) await visit(browser, addresses[page]);
  const results = Object.fromEntries(pages.map((page) => [page, []]));
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < pages.length; i++) {
      const page = pages[(i + round) % pages.length];
      const measured = { ...await visit(browser, addresses[page]), ...await firstUse(browser, addresses[page]), ...await clicking(browser, addresses[page]) };
      results[page].push(measured);
      console.error(`round ${round + 1}/${rounds} ${page}: price ${ms(measured.price)}, usable ${ms(measured.usable)}, click ${ms(measured.p50)}`);
    }
  }
  report(results, browser.version());
  if (process.env.BENCH_JSON) await writeFile(process.env.BENCH_JSON, `${JSON.stringify(results, null, 2)}\n`);
}

/** A page in a context of its own with the probe inside; `use` gets the page and its CDP session before the navigation. */
async function withPage(browser, use) {
  const context = await browser.newContext({ viewport: VIEWPORT, locale: 'zh-CN', hasTouch: true, isMobile: true, deviceScaleFactor: 1.75, serviceWorkers: 'block', bypassCSP: true });
  try {
    context.setDefaultTimeout(PATIENCE);
    await context.addInitScript(probe);
    const page = await context.newPage();
    return await use(page, await context.newCDPSession(page));
  } finally {
    await context.close();
  }
}

async function throttle(cdp) {
  await cdp.send('Network.enable');
  await cdp.send('Network.emulateNetworkConditions', NETWORK);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
}

/** A visit in which nothing is touched: first price, layout shift, bytes. */
function visit(browser, address) {
  return withPage(browser, async (page, cdp) => {
    await throttle(cdp);
    const responses = new Map();
    cdp.on('Network.responseReceived', ({ requestId, response }) => {
      if (!response.url.startsWith('http')) return;
      responses.set(requestId, { type: kind(response.mimeType), length: Number(header(response.headers, 'content-length') ?? NaN), encoding: header(response.headers, 'content-encoding'), url: response.url });
    });
    cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const response = responses.get(requestId);
      if (response) response.bytes = Number.isNaN(response.length) ? encodedDataLength : response.length;
    });
    await page.goto(address, { waitUntil: 'networkidle', timeout: PATIENCE });
    await page.waitForFunction('__probe.price !== null', null, { timeout: PATIENCE });
    await page.waitForTimeout(1000);
    const { price, shift, shifts } = await page.evaluate('({ price: __probe.price, shift: __probe.shift, shifts: __probe.shifts })');
    const bytes = { html: 0, js: 0, wasm: 0, css: 0, other: 0 };
    for (const response of responses.values()) bytes[response.type] += response.bytes ?? 0;
    const nodes = await page.evaluate('document.body.querySelectorAll("*").length');
    return { price: price.at, priceBy: price.by, priceText: price.text, shift, shifts, bytes: bytes.js + bytes.wasm + bytes.css, bytesOf: bytes, nodes };
  });
}

/** A visit by someone in a hurry, who clicks ＋ in every frame from the first price on. */
function firstUse(browser, address) {
  return withPage(browser, async (page, cdp) => {
    await throttle(cdp);
    await page.addInitScript('__probe.untilUsable()');
    await page.goto(address, { waitUntil: 'commit', timeout: PATIENCE });
    await page.waitForFunction('__probe.usable !== null', null, { timeout: PATIENCE });
    return { usable: await page.evaluate('__probe.usable') };
  });
}

/** Many clicks once all is loaded, with and without a slow CPU. Isolating the page gives a clock of 5 µs instead of 100. */
function clicking(browser, address) {
  return withPage(browser, async (page, cdp) => {
    await page.route(address, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, headers: { ...response.headers(), 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' } });
    });
    await page.goto(address, { waitUntil: 'networkidle', timeout: PATIENCE });
    if (!await page.evaluate('crossOriginIsolated')) throw new Error('the page could not be isolated: its clock is too coarse for clicks');
    await page.evaluate('__probe.untilUsable()');
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
    const slow = summary(await page.evaluate(`__probe.clicks(${clicks})`));
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    const fast = summary(await page.evaluate(`__probe.clicks(${clicks})`));
    return { ...fast, slowP50: slow.p50, slowP99: slow.p99, slowSettled: slow.settled };
  });
}

function summary(samples) {
  return {
    p50: percentile(samples.map((s) => s.total), 0.5),
    p99: percentile(samples.map((s) => s.total), 0.99),
    settled: percentile(samples.map((s) => s.settled), 0.5),
  };
}

function percentile(values, p) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(p * sorted.length) - 1)];
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function header(headers, name) {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
}

function kind(mime) {
  if (/html/.test(mime)) return 'html';
  if (/wasm/.test(mime)) return 'wasm';
  if (/javascript/.test(mime)) return 'js';
  if (/css/.test(mime)) return 'css';
  return 'other';
}

function ms(value) {
  return value < 10 ? `${value.toFixed(3)} ms` : `${value.toFixed(0)} ms`;
}

function kilobytes(value) {
  return `${(value / 1024).toFixed(1)} KB`;
}

function report(results, version) {
  const of = (page, key) => (results[page] ? median(results[page].map((r) => r[key])) : null);
  const against = (yardstick) => (key) => ({ limit: of(yardstick, key), said: `≤ ${yardstick}'s` });
  const fixed = (limit, said) => () => ({ limit, said });
  const rows = [
    ['first price painted', 'price', ms, against('vanilla')],
    ['usable', 'usable', ms, against('react')],
    ['layout shift', 'shift', (v) => v.toFixed(4), fixed(0, '0')],
    ['wasm + JS + CSS, as sent', 'bytes', kilobytes, fixed(BYTES_BUDGET, '≤ 150 KB')],
    [`click → total p50, CPU ÷ ${CPU_SLOWDOWN}`, 'slowP50', ms, against('react')],
    [`click → total p99, CPU ÷ ${CPU_SLOWDOWN}`, 'slowP99', ms, against('react')],
    ['click → total p50', 'p50', ms, against('react')],
    ['click → total p99', 'p99', ms, against('react')],
    [`click → all settled p50, CPU ÷ ${CPU_SLOWDOWN}`, 'slowSettled', ms, null],
    ['click → all settled p50', 'settled', ms, null],
    ['HTML elements', 'nodes', String, null],
  ];
  const table = [['', ...pages, ...(pages.includes('ours') ? ['ours/vanilla', 'ours/react', 'budget', 'verdict'] : [])]];
  for (const [name, key, show, budget] of rows) {
    const row = [name, ...pages.map((page) => show(of(page, key)))];
    if (pages.includes('ours')) {
      const ours = of('ours', key);
      const ratio = (page) => (of(page, key) ? `${(ours / of(page, key)).toFixed(2)}×` : '—');
      row.push(ratio('vanilla'), ratio('react'));
      const { limit, said } = budget?.(key) ?? {};
      row.push(said ?? '—', limit == null ? '—' : verdict(ours, limit, show));
    }
    table.push(row);
  }
  console.log(`Product page, medians of ${rounds} interleaved rounds, ${clicks} clicks each. Chromium ${version}, ${VIEWPORT.width} × ${VIEWPORT.height}.`);
  console.log('Network: Lighthouse\'s slow 4G (150 ms, 1.6 Mbit/s) as applied in the browser: 562.5 ms per request, 1.44 Mbit/s; CPU slowed 4 times.\n');
  const widths = table[0].map((_, i) => Math.max(...table.map((row) => row[i].length)));
  for (const row of table) console.log(row.map((cell, i) => (i ? cell.padStart(widths[i]) : cell.padEnd(widths[i]))).join('  ').trimEnd());
  console.log('');
  for (const page of pages) {
    const [{ bytesOf, priceText }] = results[page];
    const how = [...new Set(results[page].map((r) => r.priceBy))].join(', ');
    console.log(`${page}: ${Object.entries(bytesOf).filter(([, n]) => n).map(([type, n]) => `${type} ${kilobytes(n)}`).join(', ')}; first price ${priceText} (by ${how})`);
    for (const shift of results[page].find((r) => r.shifts.length)?.shifts ?? []) console.log(`  shifted ${shift.value.toFixed(4)} at ${shift.at.toFixed(0)} ms: ${shift.of?.join(' ')}`);
  }
}

function verdict(value, limit, show) {
  if (value <= limit) return 'ok';
  const by = limit ? `${((value / limit - 1) * 100).toFixed(1)} %` : show(value - limit);
  return `missed by ${by}`;
}
