/** Mulberry32: small, fast, and the same on every machine, which is all that invented data needs. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** In [0, 1). Never used for money: amounts come from whole numbers. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(values: readonly [T, ...T[]]): T {
    return values[Math.floor(this.next() * values.length)] ?? values[0];
  }

  /** `value` give or take `percent`, rounded to a multiple of `step`, at least one step. */
  about(value: number, percent: number, step = 1): number {
    const low = Math.floor((value * (100 - percent)) / 100);
    const high = Math.ceil((value * (100 + percent)) / 100);
    return Math.max(step, Math.round(this.int(low, Math.max(low, high)) / step) * step);
  }

  /** A stream of its own for one subject, so that adding a draw elsewhere does not shift it. */
  fork(label: string): Random {
    let hash = 2_166_136_261 ^ this.#state;
    for (const char of label) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16_777_619);
    return new Random(hash);
  }
}
