import type { LineInput } from "@/lib/features/rosters/types";
import type { Random } from "@/prisma/seed/demo/random";
import { freshAccount, freshPhone, misheard, otherwise, person, rewritten, type Person, type Registry } from "./duplicate-people"; // prettier-ignore

/** The slips that clerks make, each as a first line and what comes to be typed beside it. */
export const KINDS = [
  "one number",
  "15 digits against 18",
  "one number, written otherwise",
  "one account, another name",
  "one telephone, third person",
  "near name, one day: misheard",
  "near name, one day: written otherwise",
  "no number, near name beside telephone or account",
] as const;
export type Kind = (typeof KINDS)[number];
/** What the law refuses; the rest is asked. */
export const OF_THE_LAW: readonly Kind[] = KINDS.slice(0, 3);

export type Pair = { kind: Kind; first: LineInput[]; second: LineInput };

type Making = { random: Random; registry: Registry; region: string };

/** Where a third of those who are registered twice were registered again: they had moved. */
const ELSEWHERE = "639899";
const registeredAgain = ({ random, registry }: Making, { born }: Person): string =>
  registry.number(random, random.chance(1 / 3) ? { ...born, region: ELSEWHERE } : born);

/** Somebody with a number, whose name can be changed as the kind asks. */
function somebody<T>(making: Making, changed: (name: string) => T | null): { who: Person; as: T } {
  for (;;) {
    const who = person(making.random, making.registry, making.region);
    const as = changed(who.name);
    if (who.idNumber !== null && as !== null) return { who, as };
  }
}

const MAKERS: Record<Kind, (making: Making) => Omit<Pair, "kind">> = {
  "one number": (m) => {
    const { who } = somebody(m, () => true);
    return { first: [who], second: { ...who, phone: freshPhone(), account: freshAccount() } };
  },
  "15 digits against 18": (m) => {
    for (;;) {
      const { who } = somebody(m, () => true);
      const number = who.idNumber ?? "";
      if (number.slice(6, 8) !== "19" || /^99[6-9]/.test(number.slice(14, 17))) continue;
      const fifteen = number.slice(0, 6) + number.slice(8, 17);
      return { first: [who], second: { ...who, idNumber: fifteen, phone: null, account: freshAccount() } }; // prettier-ignore
    }
  },
  "one number, written otherwise": (m) => {
    const { who } = somebody(m, () => true);
    return { first: [who], second: { ...who, idNumber: otherwise(m.random, who.idNumber ?? ""), account: null } }; // prettier-ignore
  },
  "one account, another name": (m) => {
    const account = freshAccount();
    const [a, b] = [person(m.random, m.registry, m.region), person(m.random, m.registry, m.region)];
    return { first: [{ ...a, account }], second: { ...b, account } };
  },
  "one telephone, third person": (m) => {
    const phone = freshPhone();
    const three = [0, 1, 2].map(() => ({ ...person(m.random, m.registry, m.region), phone }));
    return { first: three.slice(0, 2), second: three[2] as Person };
  },
  "near name, one day: misheard": (m) => {
    const { who, as } = somebody(m, (name) => misheard(m.random, name));
    const idNumber = registeredAgain(m, who);
    return { first: [who], second: { ...who, name: as, idNumber, phone: freshPhone(), account: freshAccount() } }; // prettier-ignore
  },
  "near name, one day: written otherwise": (m) => {
    const { who, as } = somebody(m, (name) => rewritten(m.random, name));
    const idNumber = registeredAgain(m, who);
    return { first: [who], second: { ...who, name: as, idNumber, phone: null, account: freshAccount() } }; // prettier-ignore
  },
  "no number, near name beside telephone or account": (m) => {
    const { who, as } = somebody(m, (name) =>
      m.random.chance(0.5) ? name : (misheard(m.random, name) ?? rewritten(m.random, name)),
    );
    const [phone, account] = [who.phone ?? freshPhone(), who.account ?? freshAccount()];
    const beside = m.random.chance(0.5) ? { phone, account: null } : { phone: null, account };
    return { first: [{ ...who, phone, account }], second: { ...who, name: as, idNumber: null, ...beside } }; // prettier-ignore
  },
};

export const pairOf = (kind: Kind, making: Making): Pair => ({ kind, ...MAKERS[kind](making) });

/** People who have something in common and are two: what must not be spoken of. */
export function innocent({ random, registry, region }: Making): LineInput[] {
  const one = person(random, registry, region);
  const other = person(random, registry, region);
  const numbered = (who: Person) => registry.number(random, who.born);
  const signs = [...one.name];
  const ways: (() => LineInput[])[] = [
    // twins: one day, one family's telephone, names that differ by a sign
    () => {
      const name = [...signs.slice(0, -1), [...other.name].at(-1)].join("");
      const phone = freshPhone();
      return [{ ...one, idNumber: numbered(one), phone }, { ...one, name, idNumber: numbered(one), phone, account: freshAccount() }]; // prettier-ignore
    },
    // a couple with one telephone, paid to one of them
    () => {
      const shared = { phone: freshPhone(), account: freshAccount() };
      return [
        { ...one, ...shared },
        { ...other, ...shared, payee: one.name },
      ];
    },
    // father and son of one name, with one telephone
    () => {
      const phone = freshPhone();
      return [{ ...one, idNumber: numbered(one), phone }, { ...other, name: one.name, idNumber: numbered(other), phone }]; // prettier-ignore
    },
    // namesakes of whom one has no number, and each a telephone
    () => [{ ...one, phone: freshPhone() }, { ...other, name: one.name, idNumber: null, phone: freshPhone() }], // prettier-ignore
  ];
  return ways[random.int(0, ways.length - 1)]?.() ?? [];
}

/** A shop that is paid for a hundred people. */
export function ofOneShop({ random, registry, region }: Making): LineInput[] {
  const shop = { payee: "惠民商店", account: freshAccount() };
  return Array.from({ length: 100 }, () => ({ ...person(random, registry, region), ...shop }));
}
