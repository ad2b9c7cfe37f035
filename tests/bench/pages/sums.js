// The sums that wasm-vs-decimal.mjs times, in Chromium or in Node. Every way takes a quantity and gives `208.00`.
import * as decimal from './react/price.js';
import { lean } from './react/lean.js';

const FIRST = 5;
const LAST = 60;
const SWEEPS = 2000;

/** → { ways, yardsticks, times: name → nanoseconds of every round } */
export function run({ Purchase, memory }, product, rounds) {
  const purchase = new Purchase(JSON.stringify(product.config), JSON.stringify(product.selection));
  const ways = waysOf(purchase, memory);
  const yardsticks = yardsticksOf(product);
  const all = { ...ways, ...yardsticks };
  for (let quantity = FIRST; quantity <= LAST; quantity++) {
    const texts = new Set(Object.values(all).map((way) => way(quantity)));
    if (texts.size !== 1) throw new Error(`${quantity} users: ${[...texts].join(' against ')}`);
  }

  // Interleaved; a first round warms the compilers up and is not counted.
  const names = Object.keys(all);
  const loops = Object.fromEntries(names.map((name) => [name, loop()]));
  const times = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = -1; round < rounds; round++) {
    for (let i = 0; i < names.length; i++) {
      const name = names[(i + round + names.length) % names.length];
      const nanoseconds = loops[name](all[name]);
      if (round >= 0) times[name].push(nanoseconds);
    }
  }
  return { ways: Object.keys(ways), yardsticks: Object.keys(yardsticks), times };
}

function waysOf(purchase, memory) {
  const cents = Array.from({ length: 100 }, (_, c) => `.${String(c).padStart(2, '0')}`);
  const decoder = new TextDecoder('latin1');
  // Pricing allocates nothing, so the memory stays where it is; a stale view would show in the comparison of the texts.
  const bytes = new Uint8Array(memory.buffer, purchase.place(), 24);
  return {
    'wasm → fen as a number, text in JS': (quantity) => {
      const fen = purchase.fen(quantity);
      // Whole numbers of 32 bits divide fastest; beyond them a quotient of 10^15 at most is still exact to the fen.
      const yuan = fen < 0x7fffffff ? ((fen | 0) / 100) | 0 : Math.floor(fen / 100);
      return yuan + cents[fen - yuan * 100];
    },
    'wasm → fen as a BigInt, text in JS': (quantity) => {
      const fen = Number(purchase.fen_as_bigint(quantity));
      const yuan = fen < 0x7fffffff ? ((fen | 0) / 100) | 0 : Math.floor(fen / 100);
      return yuan + cents[fen - yuan * 100];
    },
    'wasm → ASCII in place, fromCharCode': (quantity) => {
      const length = purchase.write(quantity);
      let text = '';
      for (let i = 0; i < length; i++) text += String.fromCharCode(bytes[i]);
      return text;
    },
    'wasm → ASCII in place, TextDecoder': (quantity) => decoder.decode(bytes.subarray(0, purchase.write(quantity))),
    'wasm → String by wasm-bindgen': (quantity) => purchase.text(quantity),
  };
}

function yardsticksOf(product) {
  const offer = decimal.compile(product.config);
  const selection = structuredClone(product.selection);
  const [key] = Object.keys(selection.quantities);
  return {
    'decimal.js, as the React page': (quantity) => {
      selection.quantities[key] = quantity;
      return decimal.total(offer, selection).toFixed(2);
    },
    'decimal.js, all else looked up once': lean(product.config, product.selection),
  };
}

/** A timing loop of its own for each way: shared, it would be compiled for all of them at once and slow the quickest. */
function loop() {
  return new Function('way', `
    let quantity = ${FIRST}, seen = 0;
    const start = performance.now();
    for (let i = 0; i < ${(LAST - FIRST + 1) * SWEEPS}; i++) {
      const text = way(quantity);
      // The text is looked at, so that it has to be made.
      seen += text.length + text.charCodeAt(text.length - 4);
      quantity = quantity === ${LAST} ? ${FIRST} : quantity + 1;
    }
    const time = (performance.now() - start) * 1e6 / ${(LAST - FIRST + 1) * SWEEPS};
    if (!(seen > 0)) throw new Error('no text');
    return time;`);
}
