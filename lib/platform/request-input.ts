import "server-only";
import type { z } from "zod";
import { AppError, type FieldError } from "@/lib/kernel/app-error";
import { isStorable } from "@/lib/kernel/typed-text";
import { fieldErrorsOf } from "./zod-fields";

/** Parses by the contract's schema; what it refuses becomes VALIDATION with a sentence a field. */
export function parseInput<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw new AppError("VALIDATION", { fieldErrors: fieldErrorsOf(parsed.error) });
}

/** Each key of a query at most once: which of two a server takes is anybody's guess. */
export function queryOf(search: URLSearchParams): Record<string, string> {
  const values = new Map<string, string>();
  const faults = new Map<string, FieldError[]>();
  for (const [key, value] of search) {
    if (!isStorable(key) || !isStorable(value)) faults.set("query", [{ key: "characters" }]);
    else if (values.has(key)) faults.set(key, [{ key: "duplicate" }]);
    else values.set(key, value);
  }
  if (faults.size > 0)
    throw new AppError("VALIDATION", { fieldErrors: Object.fromEntries(faults) });
  return Object.fromEntries(values);
}

/** A contract without a query takes none. */
export function refuseUnknown(values: Record<string, string>): void {
  const keys = Object.keys(values);
  if (keys.length === 0) return;
  const fieldErrors = Object.fromEntries(keys.map((key) => [key, [{ key: "unknownField" }]]));
  throw new AppError("VALIDATION", { fieldErrors });
}
