// Random choices that a printed seed repeats.

/** A generator of numbers in [0, 1): mulberry32, which is short and has no weak low bits. */
export class Dice {
  #state;

  constructor(seed) {
    this.seed = seed;
    this.#state = seed >>> 0;
  }

  /** A seed of its own for each run, or the one in SEED; said aloud, so that a failure can be repeated. */
  static thrown() {
    const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 32));
    console.log(`SEED=${seed} repeats these random choices`);
    return new Dice(seed);
  }

  next() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from `low` to `high`, both included. */
  between(low, high) {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  pick(list) {
    return list[this.between(0, list.length - 1)];
  }

  /** True once in `n` times. */
  onceIn(n) {
    return this.between(1, n) === 1;
  }
}
