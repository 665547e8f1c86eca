import { addressOf } from "@/lib/features/filter/address";
import type { FileFormat } from "@/lib/kernel/file-format";
import type { MoneyUnit } from "@/lib/kernel/money";
import type { CrossFilter, CrossLook, CrossShape } from "./types";

const USUAL: CrossShape & Omit<CrossLook, "fold" | "view"> = {
  rows: "organisation",
  columns: "programme",
  measure: "amountFen",
  share: "value",
  face: "table",
  empty: "show",
};

type Asked = Partial<CrossShape & CrossLook>;

/** What differs from the usual table; the same table has the same address. */
export function crossWords({ fold, view, ...asked }: Asked): Record<string, string> {
  const unusual = (Object.keys(USUAL) as (keyof typeof USUAL)[]).flatMap((name) => {
    const value = asked[name];
    return value === undefined || value === USUAL[name] ? [] : [[name, value]];
  });
  return {
    ...(Object.fromEntries(unusual) as Record<string, string>),
    ...(fold?.length ? { fold: [...fold].sort().join(",") } : {}),
    ...(view === undefined ? {} : { view }),
  };
}

export const crossHref = (filter: CrossFilter, asked: Asked = {}): string =>
  addressOf("/cross", filter, crossWords(asked));

export const crossExportHref = (
  filter: CrossFilter,
  asked: Asked,
  file: { format: FileFormat; unit: MoneyUnit },
): string =>
  addressOf("/api/v1/exports/cross", filter, {
    ...crossWords({ ...asked, view: undefined }),
    ...file,
  });
