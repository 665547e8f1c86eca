type Changes<A> = { [K in keyof A]?: Exclude<A[K], undefined> };

/** What was asked for and differs from what is: the change that the audit tells. */
export function changesOf<A extends Record<string, unknown>>(
  before: { readonly [K in keyof A]: unknown },
  asked: A,
): Changes<A> {
  const differs = ([name, value]: [string, unknown]) =>
    value !== undefined && JSON.stringify(value) !== JSON.stringify(before[name]);
  return Object.fromEntries(Object.entries(asked).filter(differs)) as Changes<A>;
}
