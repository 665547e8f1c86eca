/** A fault the person at the terminal can mend: one sentence in each language, no stack. */
export class Sentence extends Error {
  /** @param {string} zh @param {string} en */
  constructor(zh, en) {
    super(`${zh}\n${en}`);
    this.name = "Sentence";
  }
}

/** @param {string} zh @param {string} en @returns {never} */
export function fail(zh, en) {
  throw new Sentence(zh, en);
}

/** @param {unknown} error */
export function explain(error) {
  if (error instanceof Sentence) return error.message;
  if (process.env.DEBUG && error instanceof Error && error.stack) return error.stack;
  const message = error instanceof Error ? error.message : String(error);
  return `意外错误（设 DEBUG=1 可见详情）：${message}\nUnexpected error (DEBUG=1 shows more): ${message}`;
}

/**
 * Runs a script's main function; whatever it throws becomes a sentence and exit code 1.
 * @param {() => unknown} run
 */
export async function main(run) {
  try {
    const code = await run();
    process.exitCode = typeof code === "number" ? code : 0;
  } catch (error) {
    process.stderr.write(`\n${explain(error)}\n`);
    process.exitCode = 1;
  }
}
