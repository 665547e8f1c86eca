import { cleanup, createEvent, fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { afterEach, expect, test } from "vitest";
import { Screen } from "@/testing/screen";
import { Combobox } from "./combobox";

const OPTIONS = [
  { value: "provincial-treasury", label: "省财政" },
  { value: "county-union", label: "县级工会" },
];

function Source({ held }: { held: string }) {
  const [value, setValue] = useState(held);
  return <Combobox aria-label="资金来源" options={OPTIONS} value={value} onChange={setValue} />;
}

const field = () => screen.getByRole<HTMLInputElement>("combobox", { name: "资金来源" });
const type = (text: string) => fireEvent.change(field(), { target: { value: text } });
const open = (held = "") => render(<Source held={held} />, { wrapper: Screen });

afterEach(cleanup);

test("words that choose nothing stay when the field is left, and say so", () => {
  open();
  type("慈善");
  fireEvent.blur(field());
  expect(field().value).toBe("慈善");
  expect(field().getAttribute("aria-invalid")).toBe("true");
  expect(screen.getByText("“慈善”还没有选定，请从列表中选一项")).toBeTruthy();
});

test("beside a choice made before, which one holds is said", () => {
  open("county-union");
  type("省");
  fireEvent.blur(field());
  expect(screen.getByText("“省”没有选定，现在仍是“县级工会”")).toBeTruthy();
  fireEvent.keyDown(field(), { key: "Escape" });
  expect(field().value).toBe("县级工会");
  expect(screen.queryByText(/没有选定/)).toBeNull();
});

test("a name with a character more is found", () => {
  open();
  type("省级财政");
  fireEvent.keyDown(field(), { key: "Enter" });
  expect(field().value).toBe("省财政");
});

test("the Enter of an input method takes nothing, though its composition has ended", () => {
  open();
  type("省");
  fireEvent.keyDown(field(), { key: "Enter", keyCode: 229 });
  expect(field().value).toBe("省");
  const enter = createEvent.keyDown(field(), { key: "Enter", keyCode: 13 });
  fireEvent(field(), enter);
  expect(field().value).toBe("省财政");
});
