import { addressOf } from "@/lib/features/filter/address";
import type { AddressFilter, FigureFilter } from "@/lib/features/filter/types";
import type { FileFormat } from "@/lib/kernel/file-format";

export const ledgerHref = (filter: AddressFilter, extra?: Record<string, string>): string =>
  addressOf("/ledger", filter, extra);

export const explainHref = (filter: FigureFilter, extra?: Record<string, string>): string =>
  addressOf("/explain", filter, extra);

export const ledgerExportHref = (filter: AddressFilter, format: FileFormat): string =>
  addressOf("/api/v1/exports/ledger", filter, { format });
