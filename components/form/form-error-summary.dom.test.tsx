import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Screen } from "@/testing/screen";
import { FormErrorSummary } from "./form-error-summary";

const ERRORS = [
  { fieldId: "amount", message: "金额：请填写此项" },
  { fieldId: "note", message: "备注：最多 1000 个字" },
];

function Form({ attempt, beside }: { attempt: number; beside: boolean }) {
  return (
    <>
      <input id="amount" />
      <input id="note" />
      <FormErrorSummary attempt={attempt} beside={beside} errors={ERRORS} />
    </>
  );
}

beforeEach(() => {
  // nothing is laid out here, so nothing can be scrolled to
  Element.prototype.scrollIntoView = () => undefined;
});
afterEach(cleanup);

test("beside the buttons it sends to the first field, at each attempt anew", () => {
  const { rerender } = render(<Form attempt={0} beside />, { wrapper: Screen });
  expect(document.activeElement).toBe(document.body);
  rerender(<Form attempt={1} beside />);
  expect(document.activeElement?.id).toBe("amount");
  document.getElementById("note")?.focus();
  rerender(<Form attempt={2} beside />);
  expect(document.activeElement?.id).toBe("amount");
});

test("each line is a link to its field", () => {
  render(<Form attempt={1} beside />, { wrapper: Screen });
  fireEvent.click(screen.getByRole("link", { name: "备注：最多 1000 个字" }));
  expect(document.activeElement?.id).toBe("note");
});

test("above a form it takes the focus itself", () => {
  render(<Form attempt={1} beside={false} />, { wrapper: Screen });
  expect(document.activeElement).toBe(screen.getByRole("alert"));
});
