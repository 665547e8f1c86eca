import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { afterEach, expect, test } from "vitest";
import { Screen } from "@/testing/screen";
import { DayField } from "./day-field";

afterEach(cleanup);

function Form() {
  const [text, setText] = useState("");
  return <DayField label="到位日期" text={text} today="2026-11-25" onText={setText} />;
}
const day = () => screen.getByLabelText<HTMLInputElement>("到位日期");
const type = (value: string) => fireEvent.change(day(), { target: { value } });

test("a day is read as it is written, and shown as it was read", () => {
  render(<Form />, { wrapper: Screen });
  type("2026.8.28");
  expect(screen.getByText("2026年8月28日，星期五")).toBeTruthy();
  type("昨天");
  expect(screen.getByText("2026年11月24日，星期二")).toBeTruthy();
  type("2026.12.1");
  expect(screen.getByText("这一天还没有到，请核对")).toBeTruthy();
  expect(day().value).toBe("2026.12.1");
});

test("what is no day is said on leaving the field, and not in the middle of it", () => {
  render(<Form />, { wrapper: Screen });
  type("8月");
  expect(day().getAttribute("aria-invalid")).toBeNull();
  fireEvent.blur(day());
  expect(day().getAttribute("aria-invalid")).toBe("true");
  fireEvent.focus(day());
  type("8月28日");
  fireEvent.blur(day());
  expect(day().getAttribute("aria-invalid")).toBeNull();
});
