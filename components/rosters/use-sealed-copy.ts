"use client";

import { useTranslations } from "next-intl";
import { useCallback, useEffect, useRef, useState } from "react";
import { newCopyId } from "@/lib/browser/kept-copy";
import { canSeal, dropSealed, heldKeys, keepSealed, listSealed, openCopy, sealCopy, type CopyKeys, type SealedCopy } from "@/lib/browser/sealed-copy"; // prettier-ignore
import { getCopyKeys } from "@/lib/features/rosters/client";
import { isBlank, type TypedLine } from "@/lib/features/rosters/rules";
import type { Roster } from "@/lib/features/rosters/types";
import type { RosterText } from "./use-roster-lines";

/** Kept once the typing rests for so long. */
const QUIET_MS = 400;

type KeptLine = Omit<TypedLine, "key">;
type Found = { copy: SealedCopy; lines: KeptLine[] };

/** The latest that opens; what another key sealed stays shut and where it is. */
async function found(keys: CopyKeys, subject: string): Promise<Found | null> {
  for (const copy of listSealed(keys.person, subject)) {
    const text = await openCopy(keys, copy);
    if (text !== null) return { copy, lines: JSON.parse(text) as KeptLine[] };
  }
  return null;
}

/**
 * Keeps what is typed of a roster sealed in this browser until it is saved or thrown away, and offers what a tab before
 * this one left. Where that cannot be (no Web Crypto, no key, storage full), `kept` stays false and leaving asks.
 */
export function useSealedCopy(roster: Roster, text: RosterText) {
  const t = useTranslations("rosters");
  const { id, version } = roster;
  const { lines, typed } = text;
  const title = t("copyTitle", { id });
  const [writer] = useState(newCopyId);
  const [keys, setKeys] = useState<CopyKeys | null>(null);
  const [offer, setOffer] = useState<Found | null>(null);
  const [stored, setStored] = useState<readonly TypedLine[] | null>(null);
  /** Which of its kind is under way: what ended meanwhile is not kept after all. */
  const turn = useRef(0);
  const taken = useRef<SealedCopy | null>(null);

  useEffect(() => {
    if (!canSeal()) return;
    let gone = false;
    const begin = async () => {
      const held = await heldKeys(await getCopyKeys(id));
      const left = await found(held, id);
      if (gone) return;
      setKeys(held);
      setOffer(left);
    };
    begin().catch(() => undefined);
    return () => {
      gone = true;
    };
  }, [id]);

  const store = useCallback(async () => {
    if (!keys) return;
    turn.current += 1;
    const mine = turn.current;
    const said = lines.flatMap(({ key: _, ...line }) =>
      isBlank({ ...line, key: 0 }) ? [] : [line],
    );
    const copy = { subject: id, writer, title, baseVersion: version, at: new Date().toISOString() };
    const sealed = await sealCopy(keys, copy, JSON.stringify(said));
    if (mine !== turn.current || !sealed || !keepSealed(keys.person, sealed)) return;
    setStored(lines);
    if (taken.current) dropSealed(keys.person, taken.current);
    taken.current = null;
  }, [keys, lines, id, writer, title, version]);

  useEffect(() => {
    if (!typed) return;
    const timer = setTimeout(() => void store(), QUIET_MS);
    const hide = () => document.visibilityState === "hidden" && void store();
    document.addEventListener("visibilitychange", hide);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", hide);
    };
  }, [typed, store]);

  /** Of what was found nothing stands any more. */
  const drop = (copy: SealedCopy) => {
    if (keys) dropSealed(keys.person, copy);
    setOffer(null);
  };
  return {
    kept: typed && stored === lines,
    offer,
    take: ({ copy, lines: left }: Found) => {
      taken.current = copy;
      setOffer(null);
      text.restore(left);
    },
    drop,
    /** The server has it. */
    end: () => {
      turn.current += 1;
      if (!keys) return;
      dropSealed(keys.person, { subject: id, writer });
      if (taken.current) dropSealed(keys.person, taken.current);
      taken.current = null;
    },
  };
}
