import "server-only";
import type { z } from "zod";
import { AppError, type FieldErrors } from "@/lib/kernel/app-error";
import { isStorable } from "./request-body";
import { fieldErrorsOf } from "./zod-fields";

/** Parses by the contract's schema; what it refuses becomes VALIDATION with a sentence a field. */
export function parseInput<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw new AppError("VALIDATION", { fieldErrors: fieldErrorsOf(parsed.error) });
}

/** Each key of a query at most once: which of two a server takes is anybody's guess. */
export function queryOf(search: URLSearchParams): Record<string, string> {
  const values: Record<string, string> = Object.create(null);
  const fieldErrors: FieldErrors = {};
  for (const [key, value] of search) {
    if (!isStorable(key) || !isStorable(value)) fieldErrors["query"] = [{ key: "characters" }];
    else if (key in values) fieldErrors[key] = [{ key: "duplicate" }];
    else values[key] = value;
  }
  if (Object.keys(fieldErrors).length > 0) throw new AppError("VALIDATION", { fieldErrors });
  return { ...values };
}

/** A contract without a query takes none. */
export function refuseUnknown(values: Record<string, string>): void {
  const keys = Object.keys(values);
  if (keys.length === 0) return;
  const fieldErrors = Object.fromEntries(keys.map((key) => [key, [{ key: "unknownField" }]]));
  throw new AppError("VALIDATION", { fieldErrors });
}
