// Whatever is sent, the answer is a problem with a code, never a failure of the server's, and it goes on.
import assert from 'node:assert/strict';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { Market } from './support/market.mjs';
import { assertProblem } from './support/problem.mjs';
import { Dice } from './support/random.mjs';

const RANDOM_BODIES = 10_000;
const AT_ONCE = 32;
const SELECTION = {
  edition: 'standard', term: 'P1Y', quantities: { yonghushu: 10 }, options: { xinghao: 'APP+WAP+微信', quyu: '上海' }, count: 1,
};
const WANTED = { product: 'data-analytics-2', selection: SELECTION };
const BOTH = ['/api/prices', '/api/quotes'];

let market;
const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
before(async () => { market = await Market.open(); });
after(async () => { agent.destroy(); await market?.close(); });

/** One exchange; the body goes out byte for byte. */
function send(method, path, body, headers = { 'content-type': 'application/json' }) {
  return new Promise((resolve, reject) => {
    const asked = request(market.url + path, { method, agent, headers: { ...headers, 'content-length': Buffer.byteLength(body) } });
    asked.once('error', reject);
    asked.once('response', async (response) => {
      const chunks = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve({ status: response.statusCode, headers: response.headers, text: Buffer.concat(chunks).toString() });
    });
    asked.end(body);
  });
}

/** The market still answers, and rightly. */
async function assertWell() {
  assert.ok(await market.isHealthy());
  const { status, body } = await market.post('/api/prices', WANTED);
  assert.deepEqual([status, body.total, body.renewal_total], [200, '208.00', '208.00']);
}

test('a selection that cannot be bought is refused with everything that is wrong', async () => {
  const refused = [
    ['an edition that is not for sale', { edition: 'retired' }, 'edition_not_for_sale', '/selection/edition'],
    ['4 users where 5 is the minimum', { quantities: { yonghushu: 4 } }, 'quantity_below_minimum', '/selection/quantities/yonghushu'],
    ['10^12 users', { quantities: { yonghushu: 1e12 } }, 'quantity_above_maximum', '/selection/quantities/yonghushu'],
    ['an unknown option', { options: { xinghao: 'APP', quyu: '上海' } }, 'option_unknown', '/selection/options/xinghao'],
    ['an unknown charge', { options: { ...SELECTION.options, color: 'red' } }, 'charge_unknown', '/selection/options/color'],
    ['no option', { options: { quyu: '上海' } }, 'charge_missing', '/selection/options/xinghao'],
    ['a term that is not sold', { term: 'P3Y' }, 'term_not_sold', '/selection/term'],
    ['count 0', { count: 0 }, 'count_out_of_range', '/selection/count'],
    ['count 101', { count: 101 }, 'count_out_of_range', '/selection/count'],
  ];
  for (const [what, changes, code, at] of refused) {
    for (const path of BOTH) {
      const answer = await send('POST', path, JSON.stringify({ ...WANTED, selection: { ...SELECTION, ...changes } }));
      const problem = assertProblem(answer, what);
      assert.deepEqual([answer.status, problem.code], [422, 'invalid_selection'], what);
      assert.deepEqual(problem.violations.map((violation) => [violation.code, violation.at]), [[code, at]], what);
    }
  }
  const all = { edition: 'standard', term: 'P3Y', quantities: { yonghushu: 4 }, options: { xinghao: 'APP' }, count: 0 };
  const { violations } = assertProblem(await send('POST', '/api/prices', JSON.stringify({ ...WANTED, selection: all })), 'everything at once');
  assert.deepEqual(
    violations.map(({ code }) => code).sort(),
    ['charge_missing', 'count_out_of_range', 'option_unknown', 'quantity_below_minimum', 'term_not_sold'],
  );
});

test('no hidden edition of the demo market can be bought, or chosen in the store', async () => {
  const { products } = await market.get('/api/products');
  let hidden = 0;
  for (const { slug } of products) {
    const { config } = await market.get(`/api/products/${slug}`);
    for (const edition of config.editions.filter(({ hidden }) => hidden)) {
      const charges = edition.charges ?? [];
      const selection = {
        edition: edition.code,
        ...(edition.terms && { term: edition.terms[0] }),
        quantities: Object.fromEntries(charges.filter(({ kind }) => kind === 'quantity').map(({ key, tiers }) => [key, tiers[0].from])),
        options: Object.fromEntries(charges.filter(({ kind }) => kind === 'option').map(({ key, values }) => [key, values[0].value])),
      };
      const problem = assertProblem(await send('POST', '/api/quotes', JSON.stringify({ product: slug, selection })), edition.code);
      assert.deepEqual(problem.violations.map(({ code }) => code), ['edition_not_for_sale']);
      const page = await (await fetch(`${market.url}/p/${slug}?edition=${edition.code}`)).text();
      assert.ok(!page.includes(`value="${edition.code}"`), `${edition.code} can be chosen`);
      hidden += 1;
    }
  }
  assert.ok(hidden > 0, 'the demo market has a hidden edition');
});

test('a total, a revision that the server does not share: its own quote comes back', async () => {
  const { revision } = await market.get('/api/products/data-analytics-2');
  for (const [what, more, code] of [
    ['a fen less', { expected_total: '207.99' }, 'price_mismatch'],
    ['a fen more', { expected_total: '208.01' }, 'price_mismatch'],
    ['an old revision', { expected_total: '208.00', revision: revision - 1 }, 'quote_stale'],
  ]) {
    const answer = await send('POST', '/api/quotes', JSON.stringify({ ...WANTED, ...more }));
    const problem = assertProblem(answer, what);
    assert.deepEqual([answer.status, problem.code, problem.quote.total, problem.revision], [409, code, '208.00', revision], what);
  }
  const good = await send('POST', '/api/quotes', JSON.stringify({ ...WANTED, expected_total: '208.00', revision }));
  assert.equal(good.status, 201, good.text);
});

test('what is no such JSON is refused as malformed', async () => {
  const text = JSON.stringify(WANTED);
  const of = (from, to) => {
    assert.ok(text.includes(from), from);
    return text.replace(from, to);
  };
  const bodies = {
    nothing: '',
    'no JSON': 'hello',
    'half of it': text.slice(0, -9),
    'more behind it': `${text}{}`,
    NaN: of('"count":1', '"count":NaN'),
    Infinity: of('"count":1', '"count":-Infinity'),
    'a number past every float': of('"count":1', '"count":1e400'),
    'a fraction': of('"yonghushu":10', '"yonghushu":10.5'),
    'a number in quotes': of('"yonghushu":10', '"yonghushu":"10"'),
    'an amount as a number': of('"product"', '"expected_total":208.00,"product"'),
    'an amount with three decimals': of('"product"', '"expected_total":"208.000","product"'),
    'the same field twice': of('"count":1', '"count":1,"count":1'),
    'the same key twice': of('"yonghushu":10', '"yonghushu":10,"yonghushu":5'),
    'the same field twice, once escaped': of('"count":1', '"count":1,"c\\u006funt":1'),
    'an unknown field': of('"count":1', '"count":1,"discount":"0.1"'),
    'a lone surrogate': of('"standard"', '"\\ud800"'),
    'broken UTF-8': Buffer.concat([Buffer.from('{"product":"'), Buffer.from([0xff, 0xfe, 0xc3, 0x28]), Buffer.from('"}')]),
    'overlong UTF-8': Buffer.concat([Buffer.from('{"product":"'), Buffer.from([0xc0, 0xaf]), Buffer.from('"}')]),
    'a mark before it': `\ufeff${text}`,
    'UTF-16': Buffer.from(text, 'utf16le'),
    'zero bytes': Buffer.alloc(1000),
    'many brackets': '['.repeat(60_000),
    'many braces': '{"selection":'.repeat(4_500),
    'a list': `[${text}]`,
    null: 'null',
  };
  for (const [what, body] of Object.entries(bodies)) {
    for (const path of BOTH) {
      const answer = await send('POST', path, body);
      assert.deepEqual([answer.status, assertProblem(answer, what).code], [400, 'malformed'], what);
    }
  }
  await assertWell();
});

test('too large, of another kind, elsewhere, by another method', async () => {
  const json = { 'content-type': 'application/json' };
  for (const [what, status, code, method, path, body, headers] of [
    ['2 MB', 413, 'body_too_large', 'POST', '/api/quotes', JSON.stringify({ ...WANTED, padding: 'x'.repeat(2_000_000) }), json],
    ['a form', 415, 'unsupported_media_type', 'POST', '/api/prices', 'product=1', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['no kind', 415, 'unsupported_media_type', 'POST', '/api/prices', '{}', {}],
    ['an unknown product', 404, 'product_not_found', 'POST', '/api/prices', JSON.stringify({ ...WANTED, product: 'none' }), json],
    ['an unknown route', 404, 'not_found', 'POST', '/api/none', '{}', json],
    ['a way out', 404, 'not_found', 'GET', '/..%2f..%2fetc/passwd', '', {}],
    ['a broken escape', 404, 'not_found', 'GET', '/%ff%00', '', {}],
    ['a product that is no text', 404, 'product_not_found', 'GET', '/api/products/%ff', '', {}],
    ['a very long name', 404, 'product_not_found', 'GET', `/api/products/${'x'.repeat(20_000)}`, '', {}],
    ['another method', 405, 'method_not_allowed', 'PUT', '/api/quotes', '{}', json],
    ['a key that is none', 400, 'idempotency_key_invalid', 'POST', '/api/quotes', JSON.stringify(WANTED), { ...json, 'idempotency-key': 'x'.repeat(5000) }],
  ]) {
    const answer = await send(method, path, body, headers);
    assert.deepEqual([answer.status, assertProblem(answer, what).code], [status, code], what);
  }
  await assertWell();
});

test('senders that break off, or speak no HTTP, stop nobody else', async () => {
  const broken = [
    'POST /api/quotes HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{"product":',
    'POST /api/quotes HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
    'GET / HTTP/9.9\r\n\r\n', '\x16\x03\x01\x02\x00\x01\x00', '\0'.repeat(5000), 'GET /p/data-analytics-2 HTTP/1.1\r\nHost: x\r\n\r\n',
  ];
  await Promise.all(Array.from({ length: 60 }, (_, n) => new Promise((resolve) => {
    const socket = connect(market.port, '127.0.0.1', () => {
      socket.write(broken[n % broken.length]);
      setTimeout(() => { socket.destroy(); resolve(); }, 50);
    });
    socket.on('error', resolve);
  })));
  await assertWell();
});

test(`${RANDOM_BODIES} random JSON bodies: each a problem with a code`, async () => {
  const dice = Dice.thrown();
  const bodies = Array.from({ length: RANDOM_BODIES }, () => (dice.onceIn(2) ? spoilt(dice) : JSON.stringify(anything(dice, 4))));
  const statuses = {};
  let next = 0;
  const sender = async () => {
    for (let n = next++; n < bodies.length; n = next++) {
      const answer = await send('POST', BOTH[n % 2], bodies[n]);
      assertProblem(answer, bodies[n]);
      statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sender));
  assert.ok(statuses[400] > 0 && statuses[422] > 0, `both kinds of refusal should occur: ${JSON.stringify(statuses)}`);
  await assertWell();
});

const WORDS = [
  'product', 'selection', 'edition', 'term', 'quantities', 'options', 'count', 'expected_total', 'revision', 'yonghushu', 'xinghao',
  'data-analytics-2', 'standard', 'P1Y', 'P0M', 'APP+WAP', '208.00', '-0.00', '1e9', '', '\0', '__proto__', '😀', '上海', 'x'.repeat(300),
];
const NUMBERS = [0, -1, 1, 5, 10, 100, 101, 1e9, 1e9 + 1, 2 ** 31, 2 ** 32, 2 ** 53, 2 ** 63, 2 ** 64, 1e12, 1e300, -1e300, 0.5, 1e-9, 10.000001];

/** Any JSON at all, of the words that requests are made of. */
function anything(dice, depth) {
  const kind = depth > 0 ? dice.between(0, 6) : dice.between(0, 4);
  switch (kind) {
    case 0: return null;
    case 1: return dice.onceIn(2);
    case 2: return dice.pick(NUMBERS);
    case 3: case 4: return dice.pick(WORDS);
    case 5: return Array.from({ length: dice.between(0, 4) }, () => anything(dice, depth - 1));
    default: return Object.fromEntries(Array.from({ length: dice.between(0, 6) }, () => [dice.pick(WORDS), anything(dice, depth - 1)]));
  }
}

/** A good request, spoilt at one place so that it cannot be good any more. */
function spoilt(dice) {
  const body = structuredClone({ ...WANTED, expected_total: '208.00' });
  const { selection } = body;
  const holders = [[body, Object.keys(body)], [selection, Object.keys(selection)], [selection.quantities, ['yonghushu']], [selection.options, ['xinghao', 'quyu']]];
  const [holder, keys] = dice.pick(holders);
  const key = dice.pick(keys);
  const good = JSON.stringify(holder[key]);
  // What may be left out is as good absent.
  const needed = !['count', 'expected_total'].includes(key);
  do {
    holder[key] = anything(dice, 2);
  } while (JSON.stringify(holder[key]) === good || (!needed && holder[key] === null) || stillGood(key, holder[key]));
  return JSON.stringify(body);
}

/** Other values that can be bought as well. */
function stillGood(key, value) {
  return (key === 'xinghao' && value === 'APP+WAP') || (key === 'yonghushu' && Number.isInteger(value) && value >= 5 && value <= 1e9)
    || (key === 'count' && Number.isInteger(value) && value >= 1 && value <= 100);
}
