/** Tables as bench/README.md keeps them. */

export const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

function shown(value: number): string {
  if (!Number.isFinite(value)) return "–";
  const digits = Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0;
  return value.toFixed(digits);
}

export function heading(title: string, columns: readonly string[]): void {
  console.log(`\n## ${title}\n`);
  console.log(`| ${columns.join(" | ")} |`);
  console.log(`| ${columns.map((_, at) => (at === 0 ? "---" : "---:")).join(" | ")} |`);
}

export function row(name: string, values: readonly (number | string)[]): void {
  const cells = values.map((value) => (typeof value === "number" ? shown(value) : value));
  console.log(`| ${[name, ...cells].join(" | ")} |`);
}
