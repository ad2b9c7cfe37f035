// The marketplace with the demo market, for a page to be measured.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Starts the marketplace with the demo market on a free port; resolves to its origin once it is ready. `cleanups` end it. */
export async function startMarket(cleanups) {
  const program = process.env.QUOTIENT_BIN;
  if (!program) throw new Error('QUOTIENT_BIN is not set (BENCH_PAGES=vanilla,react measures the yardsticks alone)');
  const data = await mkdtemp(join(tmpdir(), 'quotient-bench-'));
  cleanups.push(() => rm(data, { recursive: true, force: true }));
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const child = spawn(program, ['serve', '--listen', `127.0.0.1:${port}`, '--data', data, '--demo'], { stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (chunk) => { errors = (errors + chunk).slice(-4000); });
  let ended = null;
  const exit = new Promise((resolve) => {
    child.once('exit', (code) => { ended ??= `ended with ${code}`; resolve(); });
    child.once('error', (error) => { ended ??= error.message; resolve(); });
  });
  cleanups.push(async () => {
    if (!ended) child.kill('SIGTERM');
    await Promise.race([exit, new Promise((resolve) => setTimeout(resolve, 5000).unref())]);
    if (!ended) child.kill('SIGKILL');
  });
  for (const start = Date.now(); Date.now() - start < 30_000;) {
    if (ended) throw new Error(`the server ${ended}\n${errors}`);
    const answer = await fetch(`${origin}/healthz`).catch(() => null);
    if (answer?.ok) return origin;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the server was not ready after 30 s\n${errors}`);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
