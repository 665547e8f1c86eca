import { hash } from "@node-rs/argon2";
import { Secret, TOTP } from "otpauth";
import { beforeAll, describe, expect, test } from "vitest";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { rewrite, testLaws, type Law, type Run } from "@/testing/laws";

const database = await testDatabase();
const actors = testActors(database);
const { checkPassword, confirmCode, openSession } = await import("./sign-in");
const factor = await import("./second-factor");

const PASSWORD = "湟水谷地的四月";
let passwordHash = "";
beforeAll(async () => {
  passwordHash = await hash(PASSWORD);
});

async function withPassword(person: TestPerson): Promise<TestPerson> {
  await actors.owner.query("INSERT INTO credentials (user_id, password_hash) VALUES ($1, $2)", [
    person.userId,
    passwordHash,
  ]);
  return person;
}

/**
 * What the device shows, `later` half minutes from now. The present one confirms a device and the next one signs in:
 * both are taken, also where the half minute ends in between.
 */
const shown = (secret: string, later = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({
    timestamp: Date.now() + later * 30_000,
  });
const signIn = ({ username }: TestPerson, code = "", address = "t") =>
  checkPassword(username, PASSWORD, address, "", code);

/** Somebody whose device is known; its first code is used up. */
async function enrolled(): Promise<{ person: TestPerson; secret: string; first: string }> {
  const person = await withPassword(await actors.reviewer("630100"));
  const secret = await factor.beginFactor(person.userId);
  const first = shown(secret);
  expect(await confirmCode(person, first)).toBe(true);
  return { person, secret, first };
}
const setRule = (role: string, rule: string) =>
  actors.owner.query("UPDATE factor_rules SET rule = $2 WHERE role = $1", [role, rule]);

describe("the codes of RFC 6238", () => {
  const secret = Secret.fromLatin1("12345678901234567890").base32;

  test.each([
    [59, "287082"],
    [1111111109, "081804"],
    [1234567890, "005924"],
    [20000000000, "353130"],
  ])("at %i s", (seconds, code) => {
    const at = (s: number) => new Date(s * 1000);
    const step = Math.floor(seconds / 30);
    expect(factor.stepOf(secret, code, at(seconds))).toBe(step);
    expect(factor.stepOf(secret, code, at(seconds + 30))).toBe(step);
    expect(factor.stepOf(secret, code, at(seconds - 30))).toBe(step);
    expect(factor.stepOf(secret, code, at(seconds + 60))).toBeNull();
    expect(factor.stepOf(secret, code, at(seconds - 60))).toBeNull();
  });
});

describe("what a device is made of", () => {
  test("opens for its owner and nobody else, and is no text in the table", async () => {
    const { person, secret } = await enrolled();
    const { rows } = await actors.owner.query<{ sealed: string }>(
      "SELECT sealed FROM second_factors WHERE user_id = $1",
      [person.userId],
    );
    const sealed = rows[0]?.sealed ?? "";
    expect(sealed).not.toContain(secret);
    expect(factor.unseal(sealed, person.userId)).toBe(secret);
    expect(() => factor.unseal(sealed, crypto.randomUUID())).toThrow();
    const [keyId = "", text = ""] = sealed.split(".");
    const flipped = `${keyId}.${text.startsWith("A") ? "B" : "A"}${text.slice(1)}`;
    expect(() => factor.unseal(flipped, person.userId)).toThrow();
    expect(factor.unseal(`00000000.${text}`, person.userId)).toBeNull();
  });
});

describe("signing in with a second factor", () => {
  test("asks for a code after the password, and takes each once", async () => {
    const { person, secret, first } = await enrolled();
    await expect(signIn(person)).rejects.toThrow(/^code$/);
    await expect(signIn(person, shown(secret, 5))).rejects.toThrow("code-wrong");
    // the one that confirmed the device
    await expect(signIn(person, first)).rejects.toThrow("code-wrong");
    const code = shown(secret, 1);
    await expect(signIn(person, code)).resolves.toBe(person.userId);
    await expect(signIn(person, code)).rejects.toThrow("code-wrong");
  });

  test("of one code tried at once from many places one gets in", async () => {
    const { person, secret } = await enrolled();
    const code = shown(secret, 1);
    const tries = Array.from({ length: 4 }, (_, n) => signIn(person, code, `place ${n}`));
    const outcomes = (await Promise.allSettled(tries)).map(({ status }) => status);
    expect(outcomes.filter((status) => status === "fulfilled")).toHaveLength(1);
  });

  test("wrong codes count like wrong passwords; being asked for one does not", async () => {
    const { person, secret } = await enrolled();
    for (let n = 0; n < 6; n += 1) await expect(signIn(person)).rejects.toThrow(/^code$/);
    for (let n = 0; n < 5; n += 1)
      await expect(signIn(person, "000000x")).rejects.toThrow("code-wrong");
    await expect(signIn(person, shown(secret, 1))).rejects.toThrow(/^locked/);
  });

  test("a recovery code does once what the device does", async () => {
    const { person } = await enrolled();
    const codes = await factor.makeRecoveryCodes(person.userId);
    expect(new Set(codes).size).toBe(10);
    const [first = "", second = ""] = codes;
    await expect(signIn(person, first.toUpperCase().replace("-", " "))).resolves.toBe(
      person.userId,
    );
    await expect(signIn(person, first)).rejects.toThrow("code-wrong");
    await factor.makeRecoveryCodes(person.userId);
    await expect(signIn(person, second)).rejects.toThrow("code-wrong");
  });

  test("where it is required, a person without one is led to it and gets no session", async () => {
    const person = await withPassword(await actors.auditor());
    await setRule("AUDITOR", "REQUIRED");
    try {
      await expect(openSession(person.userId, new Date())).rejects.toMatchObject({
        code: "UNAUTHENTICATED",
      });
      const secret = await signIn(person).then(
        () => "",
        ({ message }: Error) => message.replace(/^enrol:/, ""),
      );
      expect(secret).toMatch(/^[A-Z2-7]{32}$/);
      await expect(signIn(person, "123")).rejects.toThrow(`enrol-wrong:${secret}`);
      await expect(signIn(person, shown(secret))).resolves.toBe(person.userId);
      await expect(openSession(person.userId, new Date())).resolves.toMatch(/./);
      // that code opened one session
      await expect(openSession(person.userId, new Date())).rejects.toMatchObject({
        code: "UNAUTHENTICATED",
      });
      await expect(openSession(person.userId, new Date(), "provider")).resolves.toMatch(/./);
    } finally {
      await setRule("AUDITOR", "ASKED");
    }
  });

  test("where it is advised or not asked for, the password is enough", async () => {
    const person = await withPassword(await actors.reviewer("630100"));
    await expect(signIn(person)).resolves.toBe(person.userId);
    await expect(openSession(person.userId, new Date())).resolves.toMatch(/./);
  });

  test("under another secret of the server the person is told so, whatever code they have", async () => {
    const { person, secret } = await enrolled();
    const [recovery = ""] = await factor.makeRecoveryCodes(person.userId);
    // as it stands in the table after NEXTAUTH_SECRET was replaced: sealed under a key of another name
    await actors.owner.query(
      "UPDATE second_factors SET sealed = '00000000.' || split_part(sealed, '.', 2) WHERE user_id = $1",
      [person.userId],
    );
    for (const code of ["", shown(secret, 1), recovery])
      await expect(signIn(person, code)).rejects.toThrow(/^factor-lost$/);
    expect(await confirmCode(person, shown(secret, 1))).toBe(false);
  });

  test("each step is in the history of the account, under its owner's name", async () => {
    const { person } = await enrolled();
    const [code = ""] = await factor.makeRecoveryCodes(person.userId);
    await signIn(person, code);
    const { rows } = await actors.owner.query<{ action: string; own: boolean }>(
      `SELECT action, actor_id = $1 AS own FROM audit_entries WHERE subject_id = $1::text ORDER BY position`,
      [person.userId],
    );
    expect(rows).toEqual(
      ["user.enrol-factor", "user.make-recovery-codes", "user.use-recovery-code"].map((action) => ({ action, own: true })), // prettier-ignore
    );
  });
});

type People = Record<"reviewer" | "auditor" | "admin" | "province", TestPerson>;
let people: People;
test("people for the laws", async () => {
  const { person: reviewer } = await enrolled();
  const auditor = await withPassword(await actors.auditor());
  const secret = await factor.beginFactor(auditor.userId);
  await confirmCode(auditor, shown(secret));
  // what was shown to confirm the device is not there for the laws to find
  await actors.owner.query("UPDATE second_factors SET used_at = NULL");
  people = { reviewer, auditor, admin: await actors.admin(), province: await actors.province() };
});

const opens = async (run: Run, p: People) => {
  await run("SELECT guard.start_session($1, $2, now() + interval '1 hour', 'password')", [
    p.reviewer.userId,
    "ab".repeat(32),
  ]);
};
const lifts = (whose: keyof People) => async (run: Run, p: People) => {
  await run("SELECT guard.lift_factor($1)", [p[whose].userId]);
};
const LIFT = "lift_factor(uuid)";

const laws: Law<People>[] = [
  {
    law: "without a code there is no session, whoever asks for it",
    by: () => null,
    role: "sign-in",
    attempt: opens,
    outcome: "NZ009",
    without: rewrite("start_session(uuid,text,timestamptz,text)", "PERFORM guard.require_factor(p_user_id);", ""), // prettier-ignore
  },
  {
    law: "a half minute's code is taken once",
    by: () => null,
    role: "sign-in",
    attempt: async (run, p) => {
      const use = "SELECT guard.use_step($1, 99999999999) AS used";
      const [first, second] = [
        await run(use, [p.reviewer.userId]),
        await run(use, [p.reviewer.userId]),
      ];
      return `${String(first[0]?.["used"])} ${String(second[0]?.["used"])}`;
    },
    outcome: "true false",
    without: rewrite("use_step(uuid,bigint)", "OR p_step <= f.last_step", ""),
    then: "true true",
  },
  {
    law: "and a recovery code too",
    by: () => null,
    role: "sign-in",
    attempt: async (run, p) => {
      const use = "SELECT guard.use_recovery_code($1, $2) AS used";
      const given = [p.reviewer.userId, "cd".repeat(32)];
      await run("SELECT guard.keep_recovery_codes($1, ARRAY[$2])", given);
      const [first, second] = [await run(use, given), await run(use, given)];
      return `${String(first[0]?.["used"])} ${String(second[0]?.["used"])}`;
    },
    outcome: "true false",
    without: rewrite("use_recovery_code(uuid,text)", "AND used_at IS NULL", ""),
    then: "true true",
  },
  {
    law: "the application reads nothing that codes are made of",
    by: (p) => p.reviewer.session,
    attempt: async (run) => {
      await run("SELECT sealed FROM second_factors");
    },
    outcome: "42501",
    without: "GRANT SELECT ON second_factors TO nuanzhang_app",
  },
  {
    law: "nor sign-in's own role, but by its guard",
    by: () => null,
    role: "sign-in",
    attempt: async (run) => {
      await run("SELECT sealed FROM second_factors");
    },
    outcome: "42501",
    without:
      "GRANT USAGE ON SCHEMA public TO nuanzhang_sign_in; GRANT SELECT ON second_factors TO nuanzhang_sign_in",
  },
  {
    law: "nor takes a code",
    by: (p) => p.reviewer.session,
    attempt: async (run, p) => {
      await run("SELECT guard.use_step($1, 99999999999)", [p.reviewer.userId]);
    },
    outcome: "42501",
    without: "GRANT EXECUTE ON FUNCTION guard.use_step(uuid, bigint) TO nuanzhang_app",
  },
  {
    law: "nobody removes their own without a code",
    by: (p) => p.reviewer.session,
    attempt: lifts("reviewer"),
    outcome: "42501",
    without: rewrite(LIFT, "AND used_at > now() - interval '1 minute'", ""),
  },
  {
    law: "the province lifts nobody's",
    by: (p) => p.province.session,
    attempt: lifts("reviewer"),
    outcome: "42501",
    without: rewrite(LIFT, "NOT guard.is_admin()", "false"),
  },
  {
    law: "one administrator alone lifts no auditor's",
    by: (p) => p.admin.session,
    attempt: lifts("auditor"),
    outcome: "NZ015",
    without: rewrite(LIFT, "guard.is_far_reaching(p_user_id)", "false"),
  },
  {
    law: "the province changes no rule",
    by: (p) => p.province.session,
    attempt: async (run) => {
      const rows = await run("UPDATE factor_rules SET rule = 'OFF' WHERE role = 'ADMIN' RETURNING 1"); // prettier-ignore
      return rows.length > 0 ? "changed" : "nothing";
    },
    outcome: "nothing",
    without:
      "DROP TRIGGER audited ON factor_rules; DROP POLICY admin_update ON factor_rules; CREATE POLICY anybody ON factor_rules FOR UPDATE TO nuanzhang_app USING (true)",
    then: "changed",
  },
  {
    law: "no rule changes without its entry",
    by: (p) => p.admin.session,
    attempt: async (run) => {
      await run("UPDATE factor_rules SET rule = 'OFF' WHERE role = 'ADMIN'");
    },
    outcome: "NZ008",
    without: "DROP TRIGGER audited ON factor_rules",
  },
];
testLaws(database, () => people, laws);
