// A demo market of its own for a file of journeys: the real server on a free port, its data in a temporary folder.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds that a start, or a stop, may take on a machine that is busy with other things. */
const PATIENCE = 30_000;

/** The program under test. */
export function binary() {
  const path = process.env.QUOTIENT_BIN;
  if (!path) throw new Error('QUOTIENT_BIN is not set: run `cargo xtask test e2e`, or name the built `quotient`');
  return path;
}

export class Market {
  #child;
  #log = '';

  constructor(port, data) {
    this.port = port;
    this.data = data;
    this.url = `http://127.0.0.1:${port}`;
  }

  /** A new market with the demo products in it, ready to answer. */
  static async open() {
    const data = await mkdtemp(join(tmpdir(), 'quotient-e2e-'));
    const market = new Market(await freePort(), data);
    await market.start();
    return market;
  }

  /** Starts the server on the data that is there. */
  async start() {
    const args = ['serve', '--demo', '--listen', `127.0.0.1:${this.port}`, '--data', this.data];
    const child = spawn(binary(), args, { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => { this.#log = (this.#log + chunk).slice(-1_000_000); });
    }
    this.#child = child;
    this.ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
    const since = Date.now();
    while (!(await this.isHealthy())) {
      if (child.exitCode !== null) throw new Error(`the server ended before it answered:\n${this.#log}`);
      if (Date.now() - since > PATIENCE) {
        child.kill('SIGKILL');
        throw new Error(`the server did not answer on ${this.url}:\n${this.#log}`);
      }
      await sleep(50);
    }
  }

  async isHealthy() {
    try {
      return (await fetch(`${this.url}/healthz`)).ok;
    } catch {
      return false;
    }
  }

  /** Asks the server to stop, as an operator would: it has to end by itself, and well. */
  async stop() {
    this.#child.kill('SIGTERM');
    const late = sleep(PATIENCE, 'late', { ref: false });
    const end = await Promise.race([this.ended, late]);
    if (end === 'late') this.#child.kill('SIGKILL');
    assert.deepEqual(end, { code: 0, signal: null }, `the server should end by itself, with code 0:\n${this.#log.slice(-4000)}`);
    assert.doesNotMatch(this.#log, /panicked/, 'the server panicked');
  }

  /** Stops the server and removes its data. */
  async close() {
    try {
      if (this.#child.exitCode === null) await this.stop();
    } finally {
      await rm(this.data, { recursive: true, force: true });
    }
  }

  /** The answer to a GET as JSON. */
  async get(path) {
    const response = await fetch(this.url + path);
    assert.equal(response.status, 200, path);
    return response.json();
  }

  /** The status and the JSON of the answer to a POST. */
  async post(path, body) {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(this.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: response.status, headers: response.headers, body: await response.json() };
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
