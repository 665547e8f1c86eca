import { parseAmount } from "@/lib/kernel/amount-reading";
import { formatFen } from "@/lib/kernel/money";
import type { Threshold } from "@/lib/kernel/record-codes";
import { THRESHOLD_RANGES } from "./types";

/** A threshold's value as it is typed: 25 tenths are 2.5 times. */
export function thresholdText(threshold: Threshold, value: string): string {
  const { unit } = THRESHOLD_RANGES[threshold];
  if (unit === "fen") return formatFen(BigInt(value));
  return unit === "tenths" ? String(Number(value) / 10) : value;
}

function valueIn(unit: "tenths" | "fen" | "whole", text: string): bigint | null {
  if (unit === "fen") {
    const parsed = parseAmount(text);
    return parsed.ok ? parsed.fen : null;
  }
  const [, whole = "", tenth] = /^(\d{1,6})(?:\.(\d))?$/.exec(text.trim()) ?? [];
  if (whole === "" || (unit === "whole" && tenth !== undefined)) return null;
  return unit === "whole" ? BigInt(whole) : BigInt(whole + (tenth ?? "0"));
}

/** What was typed, as it is kept; null where it means nothing or lies out of range. */
export function thresholdRead(threshold: Threshold, text: string): string | null {
  const { unit, min, max } = THRESHOLD_RANGES[threshold];
  const value = valueIn(unit, text);
  return value === null || value < min || value > max ? null : value.toString();
}
