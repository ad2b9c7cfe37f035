// The server is killed again and again under load: at each named point of its writes, and at random. After every restart
// each order that was acknowledged is there once, what was not answered is asked again with the same Idempotency-Key and
// done once, and the audit is clean.
//
// usage: node run.mjs --bin FILE [--times N] [--database postgres://…/] (each part of the run makes a database of its own)
// FILE was built with the feature `faults`.

import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values: args } = parseArgs({ options: { bin: { type: 'string' }, times: { type: 'string', default: '500' }, database: { type: 'string' }, seed: { type: 'string', default: '1' } } });
const TIMES = Number(args.times);
const CLIENTS = 8;
/** So often a store is begun anew: an audit looks at all of it. */
const ROUNDS = 20;
/** server/src/fault.rs */
const POINTS = ['claimed', 'held', 'ordered', 'entered', 'posted', 'served', 'noticed', 'scheduled', 'kept', 'committing', 'committed', 'notified', 'worked'];
const EXAMPLE = { product: 'data-analytics-2', selection: { edition: 'standard', term: 'P1Y', quantities: { yonghushu: 10 }, options: { xinghao: 'APP+WAP+微信', quyu: '上海' } } };

let seed = Number(args.seed);
/** Below n, the same at every run with the same seed. */
function random(n) {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return Math.floor((seed / 2 ** 32) * n);
}

class Down extends Error {}

async function start(store, fault) {
  const flags = ['serve', '--demo', '--listen', '127.0.0.1:0', '--data', store.folder, ...store.flags];
  const child = spawn(args.bin, flags, { env: { ...process.env, QUOTIENT_FAULT: fault ?? "" }, stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = new Promise((resolve) => child.on('exit', resolve));
  const address = await new Promise((resolve) => {
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += chunk;
      const found = said.match(/^http:\/\/\S+/m);
      if (found) resolve(found[0]);
    });
    ended.then(() => resolve(null));
  });
  return { child, ended, address };
}

/** One answer; `Down` where there is none. */
async function call(server, method, path, { cookie, key, body } = {}) {
  const headers = { ...(cookie && { cookie }), ...(key && { 'idempotency-key': key }), ...(body && { 'content-type': 'application/json' }) };
  try {
    const response = await fetch(server.address + path, { method, headers, body: body && JSON.stringify(body), signal: AbortSignal.timeout(20000) });
    const text = await response.text();
    return { status: response.status, headers: response.headers, json: text ? JSON.parse(text) : null };
  } catch (error) {
    throw new Down(String(error));
  }
}

async function signIn(server) {
  const answer = await call(server, 'POST', '/api/demo/session', { body: { account: 'demo-buyer-admin' } });
  if (answer.status !== 200) throw new Error(`signing in: ${answer.status}`);
  return answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]).join('; ');
}

/** An order on its way: what is done stays done, whatever happens to the server in between. */
class Job {
  keys = { quote: randomUUID(), order: randomUUID(), pay: randomUUID() };

  async go(server, cookie) {
    if (!this.quote) {
      const answer = await call(server, 'POST', '/api/quotes', { cookie, key: this.keys.quote, body: EXAMPLE });
      this.quote = expect(answer, [201]).json.id;
    }
    if (!this.order) {
      const answer = await call(server, 'POST', '/api/orders', { cookie, key: this.keys.order, body: { quote: this.quote, method: 'sandbox', agreement: 1 } });
      // A day later its key is forgotten; it is still done once.
      if (answer.json.code === 'quote_used') return this.finish('made');
      if (answer.json.code === 'quote_expired') return this.finish('none');
      this.order = expect(answer, [201]).json.id;
    }
    if (!this.payment) {
      const answer = await call(server, 'POST', `/api/orders/${this.order}/pay`, { cookie, key: this.keys.pay, body: { method: 'sandbox' } });
      if (answer.json.code === 'order_not_unpaid') return this.finish('made');
      this.payment = expect(answer, [200]).json.address.split('/').pop();
    }
    const answer = await call(server, 'POST', `/api/sandbox/payments/${this.payment}`, { body: { play: ['pay', 'double', 'lost'][random(3)] } });
    if (answer.json.code !== 'payment_done') expect(answer, [200]);
    this.finish('made');
  }

  finish(how) {
    this.done = how;
  }
}

function expect(answer, statuses) {
  if (!statuses.includes(answer.status)) throw new Error(`${answer.status}: ${JSON.stringify(answer.json)}`);
  return answer;
}

/** Orders as fast as they go, until the server is down or the time is over. */
async function load(server, jobs, until) {
  const client = async () => {
    const cookie = await signIn(server);
    while (Date.now() < until) {
      if (random(40) === 0) await call(server, 'POST', '/api/sandbox/clock', { body: { advance: 'PT13H' } });
      const job = new Job();
      jobs.push(job);
      await job.go(server, cookie);
    }
  };
  const clients = await Promise.allSettled(Array.from({ length: CLIENTS }, client));
  for (const { reason } of clients) if (reason && !(reason instanceof Down)) throw reason;
}

function audit(store) {
  const done = spawnSync(args.bin, ['audit', '--data', store.folder, ...store.flags], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`audit: ${done.status}\n${done.stdout}${done.stderr}`);
  return Number(done.stdout.match(/(\d+) orders/)[1]);
}

function open(n) {
  const folder = mkdtempSync(join(tmpdir(), 'quotient-crash-'));
  if (!args.database) return { folder, flags: [], close: () => rmSync(folder, { recursive: true }) };
  const name = `quotient_crash_${process.pid}_${n}`;
  const sql = (statement) => {
    const done = spawnSync('psql', [args.database, '-qc', statement], { encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`psql: ${done.stderr}`);
  };
  sql(`CREATE DATABASE ${name}`);
  const address = new URL(args.database);
  address.pathname = `/${name}`;
  return { folder, flags: ['--database', address.href], close: () => { sql(`DROP DATABASE ${name} WITH (FORCE)`); rmSync(folder, { recursive: true }); } };
}

const counts = { kills: 0, acknowledged: 0, again: 0, audits: 0, byPoint: {} };
for (let part = 0; counts.kills < TIMES; part++) {
  const store = open(part);
  const jobs = [];
  for (let round = 0; round < ROUNDS && counts.kills < TIMES; round++) {
    const point = random(3) === 0 ? null : POINTS[counts.kills % POINTS.length];
    const server = await start(store, point && `${point}:${1 + random(60)}`);
    if (server.address) {
      const limit = 200 + random(800);
      const timer = setTimeout(() => server.child.kill('SIGKILL'), limit);
      await load(server, jobs, Date.now() + limit + 100);
      clearTimeout(timer);
    }
    server.child.kill('SIGKILL');
    await server.ended;
    counts.kills += 1;
    const at = point ?? 'at random';
    counts.byPoint[at] = (counts.byPoint[at] ?? 0) + 1;

    const again = await start(store);
    if (!again.address) throw new Error('it does not start again');
    const cookie = await signIn(again);
    for (const job of jobs.filter((job) => job.order && !job.seen)) {
      const found = expect(await call(again, 'GET', `/api/orders/${job.order}`, { cookie }), [200]).json;
      if (job.done === 'made' && job.payment && !['paid', 'fulfilled', 'unpaid', 'cancelled'].includes(found.state.is)) throw new Error(`${job.order}: ${found.state.is}`);
      counts.acknowledged += 1;
      job.seen = true;
    }
    for (const job of jobs.filter((job) => !job.done)) {
      await job.go(again, cookie);
      counts.again += 1;
    }
    again.child.kill('SIGTERM');
    await again.ended;
    const orders = audit(store);
    counts.audits += 1;
    const made = jobs.filter((job) => job.done === 'made').length;
    if (orders !== made) throw new Error(`${made} orders were made, ${orders} are there`);
    if (counts.kills % 25 === 0) console.log(`${counts.kills} times killed, ${counts.acknowledged} acknowledged orders found again`);
  }
  store.close();
}
console.log(`Killed ${counts.kills} times: ${Object.entries(counts.byPoint).map(([point, n]) => `${point} ${n}`).join(', ')}.`);
console.log(`${counts.acknowledged} acknowledged orders were there, each once; ${counts.again} that were not answered were asked again and done once; ${counts.audits} audits were clean.`);
