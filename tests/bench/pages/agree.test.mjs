// The two yardsticks must be the same configurator: fen and decimal.js agree on every random selection.
import test from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as vanilla from './vanilla/price.js';
import * as react from './react/price.js';

const product = JSON.parse(readFileSync(new URL('product.json', import.meta.url)));
const now = new Date(2026, 0, 31, 10);

test('the seed’s example', () => {
  const result = vanilla.quote(vanilla.compile(product.config), product.selection, now);
  assert.deepEqual(result.lines.map((l) => vanilla.money(l.amount)), ['¥12.00', '¥100.00', '¥60.00', '¥36.00']);
  assert.equal(vanilla.money(result.total), '¥208.00');
  assert.equal(vanilla.money(result.renewal), '¥208.00');
});

test('9 users: 10 would be cheaper', () => {
  const offer = vanilla.compile(product.config);
  const selection = { ...product.selection, quantities: { yonghushu: 9 } };
  assert.equal(vanilla.advice(offer, selection, vanilla.quote(offer, selection, now).total), '10 人比 9 人便宜 ¥8');
});

test('both agree', () => {
  let seed = 7;
  const random = (n) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * n);
  };
  const pick = (list) => list[random(list.length)];
  const graduated = structuredClone(product.config);
  graduated.editions.forEach((e) => { e.charges[0].tier_mode = 'graduated'; });
  const configs = [
    product.config,
    graduated,
    { ...product.config, term_offers: [{ min_term: 'P1Y', discount: '0.8525' }, { min_term: 'P6M', discount: '0.9' }] },
    { ...graduated, term_offers: [{ min_term: 'P1Y', gift_days: 30 }], price_cap: '999.99' },
  ];
  for (const config of configs) {
    const [fen, decimal] = [vanilla.compile(config), react.compile(config)];
    for (let i = 0; i < 500; i++) {
      const edition = pick(config.editions);
      const [users, ...options] = edition.charges;
      const selection = {
        edition: edition.code,
        term: pick(edition.terms),
        quantities: { [users.key]: users.tiers[0].from + random(300) },
        options: Object.fromEntries(options.map((c) => [c.key, pick(c.values).value])),
        count: 1 + random(3),
      };
      const [a, b] = [vanilla.quote(fen, selection, now), react.quote(decimal, selection, now)];
      const flat = (m, q) => ({
        ...q,
        lines: q.lines.map((l) => ({ ...l, amount: m.money(l.amount) })),
        price: m.money(q.price), total: m.money(q.total), renewal: m.money(q.renewal),
      });
      assert.deepEqual(flat(vanilla, a), flat(react, b));
      assert.equal(vanilla.advice(fen, selection, a.total), react.advice(decimal, selection, b.total));
      assert.equal(vanilla.money(vanilla.total(fen, selection)), react.money(react.total(decimal, selection)));
    }
  }
});
