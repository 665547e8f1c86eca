import type { z } from "zod";
import type { FieldError, FieldErrors } from "@/lib/kernel/app-error";

type Issue = z.core.$ZodIssue;

/** Schemas name their own sentence by a key ("fen"); zod's own texts have spaces. */
const OWN_KEY = /^[a-z][A-Za-z]*$/;

function sizeError(issue: Extract<Issue, { code: "too_big" | "too_small" }>): FieldError {
  const big = issue.code === "too_big";
  const limit = Number(big ? issue.maximum : issue.minimum);
  const values: Record<string, number> = big ? { max: limit } : { min: limit };
  if (issue.origin === "string") {
    if (!big && limit === 1) return { key: "required" };
    return { key: big ? "tooLong" : "tooShort", values };
  }
  if (issue.origin === "array" || issue.origin === "set")
    return { key: big ? "tooMany" : "tooFew", values };
  return { key: big ? "tooLarge" : "tooSmall", values };
}

function typeError(issue: Extract<Issue, { code: "invalid_type" }>): FieldError {
  if (issue.input === undefined) return { key: "required" };
  if (issue.expected === "int") return { key: "integer" };
  if (issue.expected === "number") return { key: "number" };
  return { key: "invalid" };
}

function sentenceOf(issue: Issue): FieldError {
  if (OWN_KEY.test(issue.message)) {
    const size = issue.code === "too_big" || issue.code === "too_small";
    const values = size ? sizeError(issue).values : undefined;
    return values ? { key: issue.message, values } : { key: issue.message };
  }
  switch (issue.code) {
    case "invalid_type":
      return typeError(issue);
    case "too_big":
    case "too_small":
      return sizeError(issue);
    case "invalid_value":
      if (issue.input === undefined) return { key: "required" };
      // the empty line of a list is no wrong choice but none: its codes would say nothing to a person
      if (issue.input === "") return { key: "choose" };
      return { key: "choice", values: { choices: issue.values.map(String).join(", ") } };
    case "invalid_format":
      return { key: issue.format === "date" ? "date" : "invalid" };
    default:
      return { key: "invalid" };
  }
}

/** Dotted path → what to say about it. A fault of the whole body stands under "body". */
export function fieldErrorsOf(error: z.ZodError): FieldErrors {
  const found = new Map<string, FieldError[]>();
  const add = (path: readonly PropertyKey[], fault: FieldError) => {
    const name = path.length === 0 ? "body" : path.map(String).join(".");
    const list = found.get(name) ?? [];
    if (!list.some((known) => known.key === fault.key)) found.set(name, [...list, fault]);
  };
  for (const issue of error.issues) {
    if (issue.code === "unrecognized_keys")
      for (const key of issue.keys) add([...issue.path, key], { key: "unknownField" });
    else add(issue.path, sentenceOf(issue));
  }
  // a map until here: a field may be named __proto__ by whoever wrote the request
  return Object.fromEntries(found);
}
