import { expect, test } from "vitest";
import { vocabularyFaults } from "./check-vocabulary.mjs";

const serverOnly = () => 'import "server-only";\n';

test("the eleven names and their tests pass", () => {
  const files = [
    "lib/features/years/types.ts",
    "lib/features/years/rules.test.ts",
    "lib/features/years/queries.ts",
    "lib/features/years/commands.db.test.ts",
    "lib/kernel/money.ts",
  ];
  expect(vocabularyFaults(files, serverOnly)).toEqual([]);
});

test.each([
  "lib/features/years/calculations.ts",
  "lib/features/years/parts/types.ts",
  "lib/features/Years/types.ts",
  "lib/features/years/types.tsx",
  "lib/kernel/utils.ts",
  "components/ui/index.ts",
])("%s is refused", (file) => {
  expect(vocabularyFaults([file], serverOnly)).toHaveLength(1);
});

test("queries, commands and loaders without server-only are refused", () => {
  for (const word of ["queries", "commands", "statements", "loaders"]) {
    expect(vocabularyFaults([`lib/features/years/${word}.ts`], () => "")).toHaveLength(1);
  }
});
