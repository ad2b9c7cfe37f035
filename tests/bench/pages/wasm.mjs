// The crate bench-wasm, built as the storefront's wasm is.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Builds the crate, and with wasm-bindgen `bench_wasm.js` and `bench_wasm_bg.wasm` in `out`. */
export function makeWasm(out) {
  const built = execFileSync('cargo', [
    'build', '--quiet', '--package', 'bench-wasm', '--target', 'wasm32-unknown-unknown',
    '--profile', process.env.BENCH_PROFILE ?? 'wasm', '--message-format', 'json',
  ], { cwd: here('../../..'), encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 1 << 28 });
  const wasm = built.split('\n').filter(Boolean).map((line) => JSON.parse(line))
    .flatMap((message) => message.filenames ?? []).find((name) => name.endsWith('bench_wasm.wasm'));
  if (!wasm) throw new Error('cargo named no wasm file');
  execFileSync('wasm-bindgen', ['--target', 'web', '--no-typescript', '--out-dir', out, wasm], { stdio: 'inherit' });
  writeFileSync(join(out, 'package.json'), '{"type":"module"}');
}
