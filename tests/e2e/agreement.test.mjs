// What the page shows is what `quotient eval` computes: random selections over every demo product, clicked in Chromium.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open, visit } from './support/browser.mjs';
import { evaluate } from './support/evaluate.mjs';
import { Market } from './support/market.mjs';
import { pageData } from './support/page-data.mjs';
import { ProductPage } from './support/product-page.mjs';
import { Dice } from './support/random.mjs';
import { choose, randomSelection, termWords } from './support/selections.mjs';

const SELECTIONS = 300;
/** Pages at once: a click mostly waits for the next frame. */
const LANES = 3;
const DAY = 86_400;

let market;
let browser;
before(async () => { [market, browser] = await Promise.all([Market.open(), launch()]); });
after(async () => { await browser?.close(); await market?.close(); });

test(`${SELECTIONS} random selections: lines, total, renewal and end are the evaluator's`, async () => {
  const dice = Dice.thrown();
  const { products } = await market.get('/api/products');
  assert.ok(products.length > 1);
  // Dice of its own for each product: what they throw must not depend on which page is faster.
  const shares = products.map(({ slug }, index) => ({
    slug,
    times: Math.floor((SELECTIONS * (index + 1)) / products.length) - Math.floor((SELECTIONS * index) / products.length),
    dice: new Dice(dice.between(0, 2 ** 32 - 1)),
  }));
  let tried = 0;
  const lane = async () => {
    for (let share = shares.pop(); share; share = shares.pop()) {
      const times = await tryProduct(share);
      tried += times;
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  assert.equal(tried, SELECTIONS);
});

/** Makes `times` selections on one load of a product's page, each at another instant, and compares all of them. */
async function tryProduct({ slug, times, dice }) {
  const tries = [];
  let config;
  await visit(browser, market, {}, async (page) => {
    // The page's clock stands still, as many seconds from the server's as at the load, until a selection sets it.
    const here = 1_800_000_000_000;
    await page.clock.setFixedTime(here);
    const html = await (await open(page, `/p/${slug}`)).text();
    const published = pageData(html);
    config = published.config;
    const product = new ProductPage(page);
    for (let n = 0; n < times; n++) {
      // Some four years with a leap day in them, for the ends of months.
      const later = dice.between(0, 1500) * DAY + dice.between(0, DAY);
      await page.clock.setFixedTime(here + later * 1000);
      const selection = randomSelection(config, dice);
      await choose(product, config, selection, dice);
      tries.push({ selection, at: plus(published.now, later), shown: await product.quote() });
    }
  });
  const answers = evaluate(tries.map(({ selection, at }) => ({ op: 'purchase', config, selection, at })));
  for (const [n, { selection, at, shown }] of tries.entries()) {
    const quote = answers[n].ok;
    assert.ok(quote, JSON.stringify(answers[n]));
    const what = `${slug}, selection ${n}: ${JSON.stringify(selection)} at ${at}`;
    const edition = config.editions.find(({ code }) => code === selection.edition);
    assert.equal(shown.total, yuan(quote.total), what);
    assert.deepEqual(shown.facts, facts(quote), what);
    assert.equal(shown.lines.length, quote.lines.length, what);
    for (const [place, line] of quote.lines.entries()) {
      const expected = [label(line, edition, selection), yuan(line.amount)].map(squeezed).join('');
      const read = squeezed(shown.lines[place]);
      assert.equal(read.slice(0, expected.length), expected, `${what}, line ${place}`);
    }
  }
  return tries.length;
}

/** An instant so many seconds later, in the same offset. */
function plus(instant, seconds) {
  const offset = instant.slice(-6);
  const [hours, minutes] = offset.slice(1).split(':').map(Number);
  const ahead = (offset[0] === '-' ? -1 : 1) * (hours * 60 + minutes) * 60_000;
  return new Date(Date.parse(instant) + seconds * 1000 + ahead).toISOString().slice(0, 19) + offset;
}

/** The facts that the card has to show beside the lines, and no others. */
function facts({ count, instance_price: each, gift_days: gift, renewal_total: renewal, end }) {
  return {
    ...(count > 1 && { 每个: `${yuan(each)} × ${count}` }),
    ...(gift > 0 && { 赠送时长: `${gift} 天` }),
    ...(renewal !== null && { 续费: yuan(renewal) }),
    ...(end !== null && { 服务至: end.slice(0, 10).replace(/^(\d+)-0?(\d+)-0?(\d+)$/, '$1年$2月$3日') }),
  };
}

function yuan(amount) {
  return amount.startsWith('-') ? `−¥${amount.slice(1)}` : `¥${amount}`;
}

/** What a line is called. */
function label({ kind, key }, edition, selection) {
  const charge = edition.charges?.find((other) => other.key === key);
  switch (kind) {
    case 'edition': return edition.name;
    case 'quantity': return charge.name;
    case 'option': return `${charge.name}：${selection.options[key]}`;
    case 'discount': return `购买优惠（满 ${termWords(key)}）`;
    case 'cap': return '总价封顶';
    default: return assert.fail(`a purchase has no line of the kind ${kind}`);
  }
}

/** Without the spaces that a layout may or may not put between parts. */
function squeezed(text) {
  return text.replace(/\s+/g, '');
}
