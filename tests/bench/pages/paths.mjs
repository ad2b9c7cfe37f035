// How long the search for cheaper paths takes in the page, for every edition of the demo market's products.
//
//   node pages/paths.mjs        needs cargo and wasm-bindgen on PATH (cargo xtask bench puts them there)
//
// BENCH_ROUNDS=5   BENCH_ENGINE=chromium|node   BENCH_PROFILE=wasm  the cargo profile: the storefront's own by default
// CHROMIUM=/usr/bin/chromium
// Exit code 0 even if the budget is missed (this reports), 1 if it could not run.
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { launch } from './chromium.mjs';
import { serve } from './serve.mjs';
import { makeWasm } from './wasm.mjs';

const BUDGET = 200;
const NOW = '2026-01-31T10:00:00+08:00';
const DATES = { '6 months': '2026-07-31T10:00:00+08:00', '1 year': '2027-01-31T10:00:00+08:00', '18 months': '2027-07-31T10:00:00+08:00', '3 years': '2029-01-31T10:00:00+08:00' };
const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const out = mkdtempSync(join(tmpdir(), 'bench-paths-'));
try {
  makeWasm(out);
  const [engine, results] = process.env.BENCH_ENGINE === 'node' ? await inNode() : await inChromium();
  report(engine, results);
} catch (error) {
  console.error(`paths: could not run: ${error.stack ?? error}`);
  process.exitCode = 1;
} finally {
  rmSync(out, { recursive: true, force: true });
}

/** Every edition of every subscription product: its charges a little above their last tier, its last options. */
function searches() {
  const folder = here('../../../server/demo/');
  const files = readdirSync(folder).filter((name) => name.endsWith('.json')).sort();
  return files.map((name) => JSON.parse(readFileSync(join(folder, name)))).flatMap(({ slug, config }) => {
    const sold = config.sale_mode === 'subscription' ? config.editions.filter((edition) => !edition.hidden) : [];
    return sold.flatMap((edition) => {
      const charges = edition.charges ?? [];
      const of = (kind, pick) => Object.fromEntries(charges.filter((charge) => charge.kind === kind).map((charge) => [charge.key, pick(charge)]));
      const beyond = (charge) => Math.min(charge.tiers.at(-1).from + 3, charge.max ?? Infinity);
      const selection = {
        edition: edition.code,
        term: edition.terms[0],
        quantities: of('quantity', beyond),
        options: of('option', (charge) => charge.values.at(-1).value),
      };
      return Object.entries(DATES).map(([date, until]) => ({
        name: `${slug} ${edition.code}, ${date}`, config: JSON.stringify(config), selection: JSON.stringify(selection), now: NOW, until,
      }));
    });
  });
}

/** In the page or in Node: the time of each round in ms, and what was found. */
function measure(Search, asked, times) {
  return asked.map(({ name, config, selection, now, until }) => {
    const search = new Search(config, selection, now, until);
    let found;
    const spent = Array.from({ length: times }, () => {
      const start = performance.now();
      found = search.run();
      return performance.now() - start;
    });
    return { name, spent, found };
  });
}

async function inNode() {
  const glue = await import(pathToFileURL(join(out, 'bench_wasm.js')));
  glue.initSync({ module: readFileSync(join(out, 'bench_wasm_bg.wasm')) });
  return [`Node ${process.version}`, measure(glue.Search, searches(), rounds)];
}

async function inChromium() {
  const { outputFiles: [script] } = await build({
    stdin: {
      contents: `
        import init, { Search } from ${JSON.stringify(join(out, 'bench_wasm.js'))};
        ${measure}
        window.bench = async (asked, times) => { await init('/bench.wasm'); return measure(Search, asked, times); };`,
      resolveDir: here('.'),
    },
    bundle: true,
    write: false,
    format: 'esm',
  });
  const file = (type, body) => ({ type, body: Buffer.from(body), brotli: null });
  const server = await serve(new Map([
    ['/', file('text/html; charset=utf-8', '<!doctype html><title>paths</title><script type="module" src="/bench.js"></script>')],
    ['/bench.js', file('text/javascript; charset=utf-8', script.contents)],
    ['/bench.wasm', file('application/wasm', readFileSync(join(out, 'bench_wasm_bg.wasm')))],
  ]));
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await page.goto(server.origin);
    const results = await page.evaluate(([asked, times]) => window.bench(asked, times), [searches(), rounds]);
    return [`Chromium ${browser.version()}`, results];
  } finally {
    await browser.close();
    server.close();
  }
}

function report(engine, results) {
  console.log(`The search for cheaper paths, from nothing to what is wanted; medians of ${rounds} rounds. ${engine}.\n`);
  const width = Math.max(...results.map(({ name }) => name.length));
  const timed = results.map((result) => ({ ...result, ms: median(result.spent) }));
  for (const { name, ms, found } of timed) {
    console.log(`${name.padEnd(width)}  ${ms.toFixed(1).padStart(7)} ms  ${found}`);
  }
  const worst = timed.reduce((a, b) => (b.ms > a.ms ? b : a));
  const verdict = worst.ms <= BUDGET ? 'ok' : `missed by ${((worst.ms / BUDGET - 1) * 100).toFixed(0)} %`;
  console.log(`\nlongest: ${worst.ms.toFixed(1)} ms (${worst.name}), budget ${BUDGET} ms: ${verdict}`);
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
