// One purchase total as a formatted string: our wasm called from JS against the same sum with decimal.js.
//
//   node pages/wasm-vs-decimal.mjs        needs cargo and wasm-bindgen on PATH (cargo xtask bench puts them there)
//
// BENCH_ROUNDS=5   BENCH_ENGINE=chromium|node   BENCH_PROFILE=wasm  the cargo profile: the storefront's own by default
// CHROMIUM=/usr/bin/chromium
// Exit code 0 even if the budget is missed (this reports), 1 if it could not run.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { launch } from './chromium.mjs';
import { serve } from './serve.mjs';
import { run } from './sums.js';
import { makeWasm } from './wasm.mjs';

const BUDGET = 50;
const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const product = JSON.parse(readFileSync(here('product.json')));

const out = mkdtempSync(join(tmpdir(), 'bench-wasm-'));
try {
  makeWasm(out);
  const [engine, result] = process.env.BENCH_ENGINE === 'node' ? await inNode() : await inChromium();
  report(engine, result, readFileSync(join(out, 'bench_wasm_bg.wasm')).length);
} catch (error) {
  console.error(`wasm against decimal.js: could not run: ${error.stack ?? error}`);
  process.exitCode = 1;
} finally {
  rmSync(out, { recursive: true, force: true });
}

async function inNode() {
  const glue = await import(pathToFileURL(join(out, 'bench_wasm.js')));
  const { memory } = glue.initSync({ module: readFileSync(join(out, 'bench_wasm_bg.wasm')) });
  return [`Node ${process.version}`, run({ Purchase: glue.Purchase, memory }, product, rounds)];
}

async function inChromium() {
  const { outputFiles: [script] } = await build({
    stdin: {
      contents: `
        import init, { Purchase } from ${JSON.stringify(join(out, 'bench_wasm.js'))};
        import { run } from ${JSON.stringify(here('sums.js'))};
        window.bench = async (product, rounds) => run({ Purchase, memory: (await init('/bench.wasm')).memory }, product, rounds);`,
      resolveDir: here('.'),
    },
    bundle: true,
    write: false,
    format: 'esm',
  });
  const file = (type, body) => ({ type, body: Buffer.from(body), brotli: null });
  const server = await serve(new Map([
    ['/', file('text/html; charset=utf-8', '<!doctype html><title>sums</title><script type="module" src="/bench.js"></script>')],
    ['/bench.js', file('text/javascript; charset=utf-8', script.contents)],
    ['/bench.wasm', file('application/wasm', readFileSync(join(out, 'bench_wasm_bg.wasm')))],
  ]));
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await page.goto(server.origin);
    const result = await page.evaluate(([given, times]) => window.bench(given, times), [product, rounds]);
    return [`Chromium ${browser.version()}`, result];
  } finally {
    await browser.close();
    server.close();
  }
}

function report(engine, { ways, yardsticks, times }, size) {
  const names = [...ways, ...yardsticks];
  const of = Object.fromEntries(names.map((name) => [name, median(times[name])]));
  const [page, tight] = yardsticks;
  const best = ways.reduce((a, b) => (of[b] < of[a] ? b : a));
  const width = Math.max(...names.map((name) => name.length));
  console.log(`One purchase total as text, the quantity changing at every call; medians of ${rounds} interleaved rounds. ${engine}, wasm ${size} bytes.`);
  console.log('Columns: time, then how many times faster than decimal.js as the React page uses it, and with all else looked up once.\n');
  for (const name of names) {
    console.log(`${name.padEnd(width)}  ${of[name].toFixed(1).padStart(7)} ns  ${(of[page] / of[name]).toFixed(1).padStart(6)}×  ${(of[tight] / of[name]).toFixed(1).padStart(6)}×`);
  }
  const ratio = of[page] / of[best];
  console.log(`\nfaster than decimal.js: ${ratio.toFixed(1)}× (${best}), budget ${BUDGET}×: ${ratio >= BUDGET ? 'ok' : `missed by ${((1 - ratio / BUDGET) * 100).toFixed(1)} %`}`);
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
