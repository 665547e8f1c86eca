import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Network } from "@/testing/network";
import { Screen } from "@/testing/screen";
import { VoidDraft } from "./void-draft";

const record = { id: "7", version: 3, reference: "630123-2026-000007" };
const voided = vi.fn();

beforeEach(async () => {
  voided.mockReset();
  render(<VoidDraft record={record} onVoided={voided} />, { wrapper: Screen });
  fireEvent.click(screen.getByRole("button", { name: "作废草稿" }));
  await screen.findByRole("combobox");
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const confirm = () => fireEvent.click(screen.getByRole("button", { name: "作废" }));

test("a draft is discarded with a reason, as the workflow has it", async () => {
  const network = new Network();
  const reason = screen.getByRole<HTMLSelectElement>("combobox");
  const [, first] = [...reason.options].map(({ value }) => value);
  fireEvent.change(reason, { target: { value: first } });
  confirm();
  await waitFor(() => expect(voided).toHaveBeenCalledTimes(1));
  expect(network.sent).toMatchObject([
    { method: "POST", path: "/api/v1/disbursements/7/void", body: { version: 3, reason: first } },
  ]);
});

test("without a reason nothing is sent", () => {
  const network = new Network();
  confirm();
  expect(network.sent).toEqual([]);
  expect(voided).not.toHaveBeenCalled();
});
