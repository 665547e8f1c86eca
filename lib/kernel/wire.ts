import { z } from "zod";
import type { StreamedBody } from "./contract";
import { isCivilDate } from "./fiscal-year";
import { MAX_FEN } from "./money";

/** Shapes that many requests and answers share. Error texts are keys of the `errors` messages. */

/** Integer fen as a decimal string, zero or more: money coming in. */
export const fenInputSchema = z
  .string()
  .regex(/^(0|[1-9]\d{0,15})$/, { error: "fen" })
  .refine((text) => !/^\d{1,16}$/.test(text) || BigInt(text) <= MAX_FEN, { error: "fenRange" })
  .meta({ description: "Integer fen as a decimal string", examples: ["15390000"] });

/** Money going out: may be negative (a reversal, a decrease). */
export const fenTextSchema = z.string().regex(/^-?\d+$/);

/** A bound of amounts: that of a reversal lies below zero. */
export const signedFenSchema = z
  .string()
  .regex(/^-?(0|[1-9]\d{0,15})$/, { error: "fen" })
  .meta({ description: "Integer fen as a decimal string", examples: ["15390000"] });

export const civilDateSchema = z
  .string()
  .refine(isCivilDate, { error: "date" })
  .meta({ description: "YYYY-MM-DD", examples: ["2026-08-28"] });

export const codeSchema = z
  .string()
  .trim()
  .min(1, { error: "required" })
  .max(40, { error: "tooLong" });

/** A code that is given now and kept for good. */
export const newCodeSchema = z
  .string()
  .trim()
  .regex(/^[a-z][a-z0-9-]{1,38}$/, { error: "listCode" });

export const yearSchema = z.coerce.number().int().min(2000).max(2100);

/** 1–12; 0 = month unknown. */
export const monthSchema = z.coerce.number().int().min(0).max(12);

/** "a,b" in a URL or an array in JSON. */
export function listSchema<T extends z.ZodType>(item: T) {
  return z.preprocess(
    (value) => (typeof value === "string" ? value.split(",").filter((part) => part !== "") : value),
    z.array(item).max(60),
  );
}

/** Free words, trimmed, of at most `max` characters. */
export const wordsSchema = (max: number) => z.string().trim().max(max, { error: "tooLong" });

/** Optimistic locking: a write names the version it was made on. */
export const versionSchema = z
  .int()
  .min(1)
  .meta({ description: "The version you last read; a newer one answers 409 STALE" });

/** A write that takes what a working copy held ends the copy in the same transaction. */
/** What is being typed: a record, new or saved, the correction of an approved one, or a table of new ones. */
export const COPY_KINDS = ["disbursement", "correction", "grid"] as const;
export type CopyKind = (typeof COPY_KINDS)[number];

export const endsCopy = { workingCopy: z.uuid().optional() };
export type EndsCopy = { workingCopy?: string | undefined };

/** The body of a contract that streams: bytes, of which a schema can say nothing. */
export const streamedBodySchema = z.custom<StreamedBody>();
