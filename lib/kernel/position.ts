/** A place in the chain of a root: what stands up to it is in, and nothing after it. */
export type Position = {
  rootId: number;
  seq: number;
  at: string;
  /** How far the chain had come when it was looked up. */
  head: number;
};

/** As a request names one: by its time, or by its number. */
export type Stamp = { asOf?: string | undefined; seq?: number | undefined };
