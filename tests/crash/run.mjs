// The server is killed again and again under load: at each named point of its writes, and at random. The load is purchases,
// and services that are opened, expanded, upgraded or renewed, and refunded. After every restart each order and refund that
// was acknowledged is there once, what was not answered is asked again with the same Idempotency-Key and done once, and the
// audit is clean.
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
const POINTS = ['claimed', 'held', 'ordered', 'posted', 'served', 'noticed', 'scheduled', 'kept', 'committing', 'committed', 'notified', 'worked', 'refund_kept', 'refund_asked'];
const EXAMPLE = { product: 'data-analytics-2', selection: { edition: 'standard', term: 'P1Y', quantities: { yonghushu: 10 }, options: { xinghao: 'APP+WAP+微信', quyu: '上海' } } };

/** Each bought by a client of its own: a refund under review holds up its product. What is bought first, then done with it. */
const JOURNEYS = [
  { // expanded
    product: 'customer-care',
    selection: { edition: 'pro', term: 'P1Y', quantities: { people: 10 }, options: { archive: '不开通' } },
    then: { intent: 'change', mode: 'co_term', selection: { edition: 'pro', quantities: { people: 60 }, options: { archive: '不开通' } } },
  },
  { // upgraded
    product: 'data-analytics-1',
    selection: { edition: 'standard', term: 'P1Y', quantities: {}, options: {} },
    then: { intent: 'change', mode: 're_term', selection: { edition: 'premium', term: 'P1Y', quantities: {}, options: {} } },
  },
  { // renewed
    product: 'team-approval',
    selection: { edition: 'team', term: 'P1M', quantities: { people: 60 }, options: {} },
    then: { intent: 'renew', term: 'P1M' },
  },
];
/** How an order may turn out not to be possible any more: time has passed, or a refund is under review. */
const OVER = ['quote_expired', 'refund_under_review', 'service_changed', 'subscription_not_active', 'renewal_too_late'];
/** How a refund may. */
const NOT_REFUNDED = ['refund_under_review', 'refund_not_last', 'refund_too_late', 'refund_not_paid'];

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

async function signIn(server, account) {
  const answer = await call(server, 'POST', '/api/demo/session', { body: { account } });
  if (answer.status !== 200) throw new Error(`signing in: ${answer.status}`);
  return answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]).join('; ');
}

async function people(server) {
  return { buyer: await signIn(server, 'demo-buyer-admin'), isv: await signIn(server, 'demo-isv-owner') };
}

/** What was refused with, or what is wrong in what was asked for. */
const codes = ({ json }) => [json.code, ...(json.violations ?? []).map(({ code }) => code)];

/** An order on its way: what is done stays done, whatever happens to the server in between. */
class Order {
  keys = { quote: randomUUID(), order: randomUUID(), pay: randomUUID() };

  constructor(what, plays) {
    this.what = what;
    this.plays = plays;
  }

  get orders() {
    return [this];
  }

  async go(server, { buyer: cookie }) {
    const isOver = (answer) => answer.status >= 400 && codes(answer).some((code) => OVER.includes(code));
    if (!this.quote) {
      const answer = await call(server, 'POST', '/api/quotes', { cookie, key: this.keys.quote, body: this.what });
      if (isOver(answer)) return this.finish('none');
      this.quote = expect(answer, [201]).json.id;
    }
    if (!this.order) {
      const body = { quote: this.quote, method: 'sandbox', agreement: 1 };
      const answer = await call(server, 'POST', '/api/orders', { cookie, key: this.keys.order, body });
      // A day later its key is forgotten; it is still done once.
      if (answer.json.code === 'quote_used') return this.finish('made');
      if (isOver(answer)) return this.finish('none');
      this.order = expect(answer, [201]).json.id;
    }
    if (!this.payment) {
      const answer = await call(server, 'POST', `/api/orders/${this.order}/pay`, { cookie, key: this.keys.pay, body: { method: 'sandbox' } });
      if (answer.json.code === 'order_not_unpaid') return this.finish('made');
      this.payment = expect(answer, [200]).json.address.split('/').pop();
    }
    const play = this.plays[random(this.plays.length)];
    const answer = await call(server, 'POST', `/api/sandbox/payments/${this.payment}`, { body: { play } });
    if (answer.json.code !== 'payment_done') expect(answer, [200]);
    this.finish('made');
  }

  finish(how) {
    this.done = how;
  }
}

/** A service that is bought, opened, changed or renewed, and the last of it asked back. */
class Journey {
  keys = { open: randomUUID(), ask: randomUUID(), answer: randomUUID() };
  answer = ['approve', 'approve', 'approve', 'reject', 'withdraw', null][random(6)];

  constructor({ product, selection, then }) {
    this.bought = new Order({ product, selection }, ['pay', 'double']);
    this.then = then;
  }

  get orders() {
    return [this.bought, ...(this.changed ? [this.changed] : [])];
  }

  async go(server, people) {
    if (!this.bought.done) await this.bought.go(server, people);
    if (!this.bought.payment) return this.finish();
    const subscription = `${this.bought.order}-1`;
    if (!this.opened) {
      const answer = await call(server, 'POST', `/api/services/${subscription}/opened`, { cookie: people.isv, key: this.keys.open });
      // Its payment has not come, or came too late.
      if (answer.json.code === 'service_not_found') return this.finish();
      // A day later its key is forgotten.
      if (answer.json.code !== 'service_not_provisioning') expect(answer, [200]);
      this.opened = true;
    }
    this.changed ??= new Order({ subscription, ...this.then }, ['pay', 'double']);
    if (!this.changed.done) await this.changed.go(server, people);
    if (!this.refund) {
      const order = this.changed.payment ? this.changed.order : this.bought.order;
      const answer = await call(server, 'POST', `/api/orders/${order}/refund`, { cookie: people.buyer, key: this.keys.ask, body: { reason: '买错了' } });
      if (NOT_REFUNDED.includes(answer.json.code)) return this.finish();
      this.refund = expect(answer, [201]).json.id;
    }
    if (this.answer) {
      const cookie = this.answer === 'withdraw' ? people.buyer : people.isv;
      const body = this.answer === 'reject' ? { reason: '已交付' } : undefined;
      const answer = await call(server, 'POST', `/api/refunds/${this.refund}/${this.answer}`, { cookie, key: this.keys.answer, body });
      // After three days it is approved by itself.
      this.byItself = answer.json.code === 'refund_not_reviewing';
      if (!this.byItself) expect(answer, [200]);
    }
    this.finish();
  }

  /** Where a refund that was answered can stand. */
  get states() {
    const sent = ['refunding', 'refunded'];
    if (this.byItself || !this.done || !this.answer) return ['reviewing', 'rejected', 'withdrawn', ...sent];
    return { approve: sent, reject: ['rejected'], withdraw: ['withdrawn'] }[this.answer];
  }

  finish() {
    this.done = true;
  }
}

function expect(answer, statuses) {
  if (!statuses.includes(answer.status)) throw new Error(`${answer.status}: ${JSON.stringify(answer.json)}`);
  return answer;
}

/** Orders and journeys as fast as they go, until the server is down or the time is over. */
async function load(server, jobs, until) {
  const client = async (begin) => {
    const callers = await people(server);
    while (Date.now() < until) {
      if (random(40) === 0) await call(server, 'POST', '/api/sandbox/clock', { body: { advance: 'PT13H' } });
      const job = begin();
      jobs.push(job);
      await job.go(server, callers);
    }
  };
  const orders = Array.from({ length: CLIENTS }, () => client(() => new Order(EXAMPLE, ['pay', 'double', 'lost'])));
  const journeys = JOURNEYS.map((journey) => client(() => new Journey(journey)));
  for (const { reason } of await Promise.allSettled([...orders, ...journeys])) if (reason && !(reason instanceof Down)) throw reason;
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

/** How often a point was set. */
let set = 0;
const counts = { kills: 0, orders: 0, refunds: 0, again: 0, audits: 0, armed: {}, hit: {} };
const count = (counted, name) => { counted[name] = (counted[name] ?? 0) + 1; };

/** Everything acknowledged is there as it was acknowledged. */
async function lookFor(server, jobs, { buyer: cookie }) {
  for (const order of jobs.flatMap((job) => job.orders).filter((order) => order.order && !order.seen)) {
    const { state } = expect(await call(server, 'GET', `/api/orders/${order.order}`, { cookie }), [200]).json;
    if (!['paid', 'fulfilled', 'unpaid', 'cancelled', 'refunded'].includes(state.is)) throw new Error(`${order.order}: ${state.is}`);
    counts.orders += 1;
    order.seen = true;
  }
  for (const job of jobs.filter((job) => job.refund && !job.seen)) {
    const { state } = expect(await call(server, 'GET', `/api/refunds/${job.refund}`, { cookie }), [200]).json;
    if (!job.states.includes(state.is)) throw new Error(`refund ${job.refund} (${job.answer}): ${state.is}`);
    counts.refunds += 1;
    job.seen = true;
  }
}

for (let part = 0; counts.kills < TIMES; part++) {
  const store = open(part);
  const jobs = [];
  for (let round = 0; round < ROUNDS && counts.kills < TIMES; round++) {
    const point = random(3) === 0 ? null : POINTS[set++ % POINTS.length];
    const rare = point?.startsWith('refund');
    const server = await start(store, point && `${point}:${1 + random(rare ? 3 : 60)}`);
    let late = false;
    if (server.address) {
      // Time enough to reach it.
      const limit = point ? 5000 : 200 + random(800);
      const timer = setTimeout(() => { late = true; server.child.kill('SIGKILL'); }, limit);
      await load(server, jobs, Date.now() + limit + 100);
      clearTimeout(timer);
    }
    if (point) count(counts.armed, point);
    // Else it had ended by itself, at its point.
    count(counts.hit, point && !late ? point : 'at random');
    server.child.kill('SIGKILL');
    await server.ended;
    counts.kills += 1;

    const again = await start(store);
    if (!again.address) throw new Error('it does not start again');
    const callers = await people(again);
    await lookFor(again, jobs, callers);
    for (const job of jobs.filter((job) => !job.done)) {
      await job.go(again, callers);
      counts.again += 1;
    }
    await lookFor(again, jobs, callers);
    again.child.kill('SIGTERM');
    await again.ended;
    const orders = audit(store);
    counts.audits += 1;
    const made = jobs.flatMap((job) => job.orders).filter((order) => order.done === 'made').length;
    if (orders !== made) throw new Error(`${made} orders were made, ${orders} are there`);
    if (counts.kills % 25 === 0) console.log(`${counts.kills} times killed, ${counts.orders} orders and ${counts.refunds} refunds found again`);
  }
  store.close();
}
const points = POINTS.map((point) => `${point} ${counts.hit[point] ?? 0} of ${counts.armed[point] ?? 0}`);
console.log(`Killed ${counts.kills} times, of them at random ${counts.hit['at random'] ?? 0}. Points that were reached, of those set: ${points.join(', ')}.`);
console.log(`${counts.orders} acknowledged orders and ${counts.refunds} refunds were there, each once; ${counts.again} that were not answered were asked again and done once; ${counts.audits} audits were clean.`);
