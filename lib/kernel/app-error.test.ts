import { expect, test } from "vitest";
import { AppError, ofItem } from "./app-error";

const refusal = (path: string, error: unknown): AppError => {
  try {
    ofItem(path, () => {
      throw error;
    });
  } catch (caught) {
    return caught as AppError;
  }
  throw new Error("nothing was refused");
};

test("an error says its code, keeps its cause, and may say it in words", () => {
  const cause = new Error("down");
  const busy = new AppError("BUSY", { cause, retryAfter: 3 });
  expect(busy).toMatchObject({ name: "AppError", message: "BUSY", code: "BUSY", retryAfter: 3 });
  expect(busy.cause).toBe(cause);
  expect(new AppError("INTERNAL", { message: "no such page" }).message).toBe("no such page");
});

test("what one of many refuses names it, field by field", () => {
  const fault = { key: "required" };
  const refused = new AppError("VALIDATION", {
    fieldErrors: { amountFen: [fault], "": [{ key: "adminAlone" }] },
  });
  const named = refusal("items.3", refused);
  expect(named.code).toBe("VALIDATION");
  expect(named.cause).toBe(refused);
  expect(named.fieldErrors).toEqual({
    "items.3.amountFen": [fault],
    "items.3": [{ key: "adminAlone" }],
  });
  expect(named.retryAfter).toBeUndefined();
});

test("where no field is to blame, the item is, in the words of the code", () => {
  const named = refusal("items.3", new AppError("STALE", { retryAfter: 2 }));
  expect(named.fieldErrors).toEqual({ "items.3": [{ key: "code.STALE" }] });
  expect(named.retryAfter).toBe(2);
});

test("what was asked for by itself, and what is a defect, comes as it is", () => {
  const stale = new AppError("STALE");
  const defect = new TypeError("x is undefined");
  expect(refusal("", stale)).toBe(stale);
  expect(refusal("items.3", defect)).toBe(defect);
  expect(ofItem("items.3", () => 7)).toBe(7);
});
