/**
 * Runs steps side by side, each when the steps it needs are done; the first that fails stops the rest.
 * Needs that are not among the steps count as done, so that single steps can be run.
 *
 * @template {{ name: string, needs?: string[] }} Step
 * @param {Step[]} steps
 * @param {{ slots: number, run: (step: Step) => Promise<number>, stop: () => void }} how
 * @returns {Promise<Step | undefined>} the step that failed first
 */
export async function schedule(steps, { slots, run, stop }) {
  const waiting = [...steps];
  const open = new Set(steps.map(({ name }) => name));
  /** @type {Map<string, Promise<{ step: Step, code: number }>>} */
  const running = new Map();
  /** @type {Step | undefined} */
  let failed;

  /** @param {Step} step */
  const isReady = (step) => !(step.needs ?? []).some((name) => open.has(name));
  const startReady = () => {
    for (const step of waiting.filter(isReady).slice(0, slots - running.size)) {
      waiting.splice(waiting.indexOf(step), 1);
      running.set(
        step.name,
        run(step).then((code) => ({ step, code })),
      );
    }
  };

  startReady();
  while (running.size) {
    const { step, code } = await Promise.race(running.values());
    running.delete(step.name);
    open.delete(step.name);
    if (code && !failed) {
      failed = step;
      stop();
    }
    if (!failed) startReady();
  }
  if (waiting.length && !failed) {
    throw new Error(`nothing can start: ${waiting.map(({ name }) => name).join(", ")}`);
  }
  return failed;
}
