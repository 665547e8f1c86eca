/**
 * Somebody who wants to know what a published table hides, and shares no line with what protects it: the sums are
 * solved by elimination over whole numbers, then narrowed by what each of them leaves of the others.
 */
type Shape = {
  rows: readonly { code: string; group: string | null }[];
  groups: readonly string[];
  columns: readonly string[];
};
type Range = { from: number; to: number };
/** Σ coefficient × unknown = rhs. */
type Equation = { terms: Map<number, number>; rhs: number };

const add = (into: Equation, by: number, { terms, rhs }: Equation): void => {
  for (const [cell, coefficient] of terms) {
    const sum = (into.terms.get(cell) ?? 0) + by * coefficient;
    if (sum === 0) into.terms.delete(cell);
    else into.terms.set(cell, sum);
  }
  into.rhs += by * rhs;
};

/** Every sum that a reader of the table would do, those that follow from others too. */
function sumsOf({ rows, groups, columns }: Shape): { parts: number[]; sum: number }[] {
  const width = columns.length + 1;
  const at = (line: number, column: number) => line * width + column;
  const lines = rows.length + groups.length + 1;
  const whole = lines - 1;
  const over = (members: number[], sum: number) =>
    Array.from({ length: width }, (_, column) => ({
      parts: members.map((line) => at(line, column)),
      sum: at(sum, column),
    }));
  const alone = rows.flatMap(({ group }, line) => (group === null ? [line] : []));
  return [
    ...Array.from({ length: lines }, (_, line) => ({
      parts: columns.map((_, column) => at(line, column)),
      sum: at(line, columns.length),
    })),
    ...groups.flatMap((group, n) =>
      over(
        rows.flatMap((row, line) => (row.group === group ? [line] : [])),
        rows.length + n,
      ),
    ),
    ...over([...alone, ...groups.map((_, n) => rows.length + n)], whole),
  ];
}

/** Unknown cell → what it is over the cells that stay unknown: reduced, each pivot in one equation alone. */
type Solved = Map<number, Equation>;

/** What an attacker has worked out so far. */
export type Knowledge = { solved: Solved; plain: readonly Equation[] };

function learn(solved: Solved, equation: Equation): void {
  const left: Equation = { terms: new Map(equation.terms), rhs: equation.rhs };
  for (const cell of [...left.terms.keys()]) {
    const known = solved.get(cell);
    if (known) add(left, -(left.terms.get(cell) ?? 0), known);
  }
  const [first] = left.terms;
  if (!first) {
    if (left.rhs !== 0) throw new Error("The table contradicts itself.");
    return;
  }
  const [pivot, coefficient] = first;
  if (Math.abs(coefficient) !== 1) throw new Error("No table of sums has such a coefficient.");
  const one: Equation = { terms: new Map(), rhs: 0 };
  add(one, coefficient, left);
  for (const known of solved.values()) {
    const by = known.terms.get(pivot) ?? 0;
    if (by !== 0) add(known, -by, one);
  }
  solved.set(pivot, one);
}

/** What is not shown is null. */
export function study(shape: Shape, shown: readonly (number | null)[]): Knowledge {
  const plain = sumsOf(shape).map(({ parts, sum }) => {
    const equation: Equation = { terms: new Map(), rhs: 0 };
    const take = (cell: number, sign: number) => {
      const value = shown[cell] ?? null;
      if (value === null) equation.terms.set(cell, (equation.terms.get(cell) ?? 0) + sign);
      else equation.rhs -= sign * value;
    };
    for (const cell of parts) take(cell, 1);
    take(sum, -1);
    return equation;
  });
  const solved: Solved = new Map();
  for (const equation of plain) learn(solved, equation);
  return { solved, plain };
}

/** The same attacker, who also knows one cell: their own. */
export function knowing({ solved, plain }: Knowledge, cell: number, value: number): Knowledge {
  const own: Equation = { terms: new Map([[cell, 1]]), rhs: value };
  const more: Solved = new Map(
    [...solved].map(([pivot, { terms, rhs }]) => [pivot, { terms: new Map(terms), rhs }]),
  );
  learn(more, own);
  return { solved: more, plain: [...plain, own] };
}

/** What is left of one unknown of a sum when the others are as they may be. */
function narrow({ terms, rhs }: Equation, ranges: Map<number, Range>, floor: number): boolean {
  const rangeOf = (cell: number) => ranges.get(cell) ?? { from: floor, to: Infinity };
  let changed = false;
  for (const [cell, coefficient] of terms) {
    let [least, most] = [rhs, rhs];
    for (const [other, by] of terms) {
      if (other === cell) continue;
      const { from, to } = rangeOf(other);
      most -= by > 0 ? by * from : by * to;
      least -= by > 0 ? by * to : by * from;
    }
    const [from, to] =
      coefficient > 0
        ? [least / coefficient, most / coefficient]
        : [most / coefficient, least / coefficient];
    const known = rangeOf(cell);
    const next = { from: Math.max(known.from, from), to: Math.min(known.to, to) };
    if (next.from === known.from && next.to === known.to) continue;
    ranges.set(cell, next);
    changed = true;
  }
  return changed;
}

/** How far each cell can be told, where a hidden one is taken to be `floor` at least. */
export function tell({ solved, plain }: Knowledge, floor: number): Map<number, Range> {
  const ranges = new Map<number, Range>();
  const equations = [...solved.values(), ...plain];
  for (let round = 0; round < 12; round += 1) {
    const changed = equations.filter((equation) => narrow(equation, ranges, floor)).length;
    if (changed === 0) break;
  }
  return ranges;
}
