"use client";

import { useState } from "react";
import { dayIn } from "@/components/form/day-field";
import { useLeavingAsks } from "@/components/form/use-leaving-asks";
import { HOME_DETAILS, PERSON_DETAILS, type DetailKind } from "@/lib/features/households/labels";
import type { Cause, HouseholdKind, ArchiveLevel, Relation, Sex, Tier } from "@/lib/features/households/labels"; // prettier-ignore
import type { Household } from "@/lib/features/households/types";
import { parseAmount } from "@/lib/kernel/amount-reading";
import { formatFen } from "@/lib/kernel/money";
import { ID_KINDS, kindOf, type IdKind } from "@/lib/kernel/id-number";
import type { TypedDetails } from "./detail-fields";

export type TypedMember = {
  readonly key: number;
} & Record<
  "relation" | "name" | "idKind" | "idNumber" | "born" | "sex" | "phone" | "health" | "workplace",
  string
> & { details: TypedDetails };
export type TypedFile = Record<
  "organisation" | "code" | "kind" | "level" | "cause" | "tier" | "filedOn" | "address",
  string
> & { details: TypedDetails; otherCauses: readonly Cause[]; members: readonly TypedMember[] };

let lastKey = 0;
const emptyMember = (relation: string): TypedMember => ({
  ...{ key: (lastKey += 1), relation, name: "", idKind: "", idNumber: "", born: "" },
  ...{ sex: "", phone: "", health: "", workplace: "", details: {} },
});

const typedOf = (file: Household): TypedFile => ({
  ...{ organisation: file.organisation, code: file.code, kind: file.kind, level: file.level },
  ...{ cause: file.cause, tier: file.tier, filedOn: file.filedOn, address: file.address ?? "" },
  otherCauses: file.otherCauses,
  details: typedDetails(HOME_DETAILS, file.details),
  members: file.members.map((member) => {
    // what the number says nobody types
    const said = member.idNumber !== null && member.idKind !== "passport" && member.idKind !== "other"; // prettier-ignore
    return {
      key: (lastKey += 1),
      relation: member.relation,
      name: member.name ?? "",
      idKind: member.idNumber !== null && member.idKind === kindOf(member.idNumber) ? "" : (member.idKind ?? ""), // prettier-ignore
      idNumber: member.idNumber ?? "",
      born: said ? "" : (member.born ?? ""),
      sex: said ? "" : (member.sex ?? ""),
      phone: member.phone ?? "",
      health: member.health ?? "",
      workplace: member.workplace ?? "",
      details: typedDetails(PERSON_DETAILS, member.details),
    };
  }),
});

/** Money is typed in yuan. */
const typedDetails = (
  kinds: Readonly<Record<string, DetailKind>>,
  details: Readonly<Record<string, string | undefined>> | null,
): TypedDetails =>
  Object.fromEntries(
    Object.entries(details ?? {}).map(([field, text = ""]) => [
      field,
      kinds[field] === "money" ? formatFen(BigInt(text), { group: false }) : text,
    ]),
  );

/** An amount that cannot be read goes as it was typed, and is refused at its field. */
function sentDetails<F extends string>(
  kinds: Readonly<Record<F, DetailKind>>,
  typed: TypedDetails,
): Partial<Record<F, string>> {
  const sent: Partial<Record<F, string>> = {};
  for (const field of Object.keys(kinds) as F[]) {
    const text = typed[field]?.trim();
    if (!text) continue;
    const read = kinds[field] === "money" ? parseAmount(text) : null;
    sent[field] = read?.ok ? read.fen.toString() : read ? "?" : text;
  }
  return sent;
}

const orNull = (text: string) => text.trim() || null;

/** What is sent of what was typed. */
export function bodyOf(typed: TypedFile, today: string) {
  return {
    kind: typed.kind as HouseholdKind,
    level: typed.level as ArchiveLevel,
    cause: typed.cause as Cause,
    otherCauses: [...typed.otherCauses],
    address: orNull(typed.address),
    details: sentDetails(HOME_DETAILS, typed.details),
    members: typed.members.map((member) => ({
      relation: member.relation as Relation,
      name: member.name.trim(),
      idKind: member.idNumber.trim() === "" ? null : (ID_KINDS.find((kind) => kind === member.idKind) as IdKind | undefined) ?? null, // prettier-ignore
      idNumber: orNull(member.idNumber),
      born: member.born.trim() === "" ? null : dayIn(member.born, today),
      sex: (member.sex || null) as Sex | null,
      phone: orNull(member.phone),
      health: orNull(member.health),
      workplace: orNull(member.workplace),
      details: sentDetails(PERSON_DETAILS, member.details),
    })),
  };
}

/** The file that is typed, in this tab's memory alone; leaving asks first. */
export function useFileText(file: Household | null, organisation: string, today: string) {
  const [typed, setTyped] = useState<TypedFile>(() =>
    file
      ? typedOf(file)
      : {
          ...{ organisation, code: "", kind: "urban", level: "national", cause: "" },
          ...{
            tier: "" satisfies Tier | "",
            filedOn: today,
            address: "",
            otherCauses: [],
            details: {},
          },
          members: [emptyMember("self")],
        },
  );
  const [touched, setTouched] = useState(false);
  useLeavingAsks(touched);
  const change = (part: Partial<TypedFile>) => {
    setTouched(true);
    setTyped((before) => ({ ...before, ...part }));
  };
  return {
    typed,
    change,
    rest: () => setTouched(false),
    changeMember: (key: number, part: Partial<TypedMember>) =>
      change({
        members: typed.members.map((one) => (one.key === key ? { ...one, ...part } : one)),
      }),
    addMember: () => change({ members: [...typed.members, emptyMember("spouse")] }),
    removeMember: (key: number) =>
      change({ members: typed.members.filter((one) => one.key !== key) }),
  };
}
