import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import {
  chainFault,
  EMPTY_CHAIN,
  RECORD_SUBJECTS,
  recordIdOf,
  rootOf,
  type ChainEntry,
} from "./rules";

const sha256 = (text: string) => createHash("sha256").update(text, "utf8").digest("hex");

const entry: ChainEntry = {
  rootId: 1,
  position: 1n,
  at: new Date("2026-11-25T08:00:00.123Z"),
  transactionId: 741n,
  actorId: "7d0c6c2e-55f5-4a3e-9b8f-1c1f6a3f1a11",
  action: "disbursement.create",
  subjectType: "disbursement",
  subjectId: "12",
  organisationId: 23,
  body: '{"note":"…"}',
  stateDigest: "d".repeat(64),
  prevHash: "0".repeat(64),
  hash: "",
};

/** The hash as the database makes it (guard.write_entries), spelt out for this one entry. */
const CONTENT =
  '3:74136:7d0c6c2e-55f5-4a3e-9b8f-1c1f6a3f1a1119:disbursement.create12:disbursement2:122:2314:{"note":"…"}' +
  `64:${"d".repeat(64)}`;
const first = {
  ...entry,
  hash: sha256(`${"0".repeat(64)} 1 1 2026-11-25T08:00:00.123Z ${sha256(CONTENT)}`),
};
const after = { count: 1, head: first.hash, at: first.at };

describe("an entry follows what came before it", () => {
  test("the first one from nothing, over all it says", () => {
    expect(chainFault(EMPTY_CHAIN, first, sha256)).toBeNull();
  });

  test("what no row stands behind is hashed as nothing, not as an empty text", () => {
    const nobody = { ...entry, actorId: null, organisationId: null, stateDigest: null, body: "" };
    const content = "3:741-19:disbursement.create12:disbursement2:12-0:-";
    const hash = sha256(`${"0".repeat(64)} 1 1 2026-11-25T08:00:00.123Z ${sha256(content)}`);
    expect(chainFault(EMPTY_CHAIN, { ...nobody, hash }, sha256)).toBeNull();
    expect(chainFault(EMPTY_CHAIN, { ...nobody, hash, actorId: "" }, sha256)).toBe("hash");
  });

  test.each<[string, Partial<ChainEntry>]>([
    ["its place", { rootId: 2 }],
    ["its time", { at: new Date("2026-11-25T08:00:00.124Z") }],
    ["its transaction", { transactionId: 742n }],
    ["who did it", { actorId: null }],
    ["what was done", { action: "disbursement.update" }],
    ["to what", { subjectType: "allotment" }],
    ["to which", { subjectId: "13" }],
    ["where", { organisationId: null }],
    ["its words", { body: "{}" }],
    ["the state it fixed", { stateDigest: null }],
    ["a letter moved over a border", { subjectType: "disbursement1", subjectId: "2" }],
  ])("or its hash says that somebody changed %s", (_, change) =>
    expect(chainFault(EMPTY_CHAIN, { ...first, ...change }, sha256)).toBe("hash"),
  );

  test("none is missing, none is exchanged, and time never runs backwards", () => {
    expect(chainFault(EMPTY_CHAIN, { ...first, position: 2n }, sha256)).toBe("gap");
    expect(chainFault(after, first, sha256)).toBe("gap");
    expect(chainFault(after, { ...first, position: 2n }, sha256)).toBe("link");
    const second = (at: Date) => {
      const next = { ...entry, position: 2n, prevHash: first.hash, at };
      const hash = sha256(`${first.hash} 1 2 ${at.toISOString()} ${sha256(CONTENT)}`);
      return chainFault(after, { ...next, hash }, sha256);
    };
    expect(second(new Date("2026-11-25T08:00:00.122Z"))).toBe("time");
    expect(second(first.at), "within one millisecond").toBeNull();
  });
});

test("each root organisation has a chain of its own", () => {
  expect([rootOf("/1/5/23/"), rootOf("/12/")]).toEqual([1, 12]);
});

test("records, money received and files handed over belong to an organisation; accounts do not", () => {
  expect(RECORD_SUBJECTS).toEqual([
    "disbursement",
    "allotment",
    "project",
    "nil-declaration",
    "narrative",
    "export",
    "import",
  ]);
});

describe("recordIdOf", () => {
  test.each([
    ["630123-2026-000042", "42"],
    ["630123-G01-2026-1234567", "1234567"],
    ["６３０１２３－２０２６－００００４２", "42"],
    ["42", "42"],
    ["000042", "42"],
  ])("%s", (written, id) => expect(recordIdOf(written)).toBe(id));

  test.each(["", "0", "630123", "630123-2026", "2026-000042x", "constructor", "42; DROP"])(
    "%s is no record's number, or another one",
    (written) => expect(recordIdOf(written)).toBe(written === "630123" ? "630123" : null),
  );
});
