import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { returnOf } from "@/lib/features/disbursements/present";
import type { DisbursementDetail } from "@/lib/features/disbursements/types";
import { Network } from "@/testing/network";
import { Screen } from "@/testing/screen";
import { RecordActions } from "./record-actions";

vi.mock("next/navigation", () => ({
  useRouter: () => ({ refresh: () => undefined }),
  usePathname: () => "/disbursements/7",
}));

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const by = { id: "r", nameZh: "马审核", nameEn: "Ma" };
const step = (action: "submit" | "return", reason: string | null, words: string | null) => ({
  ...{ action, actor: by, at: "2026-11-20T02:00:00.000Z", reason, words, round: 1 },
});
const record = {
  ...{ id: "7", version: 3, reference: "630123-2026-000007", status: "returned" },
  ...{ findings: [], actions: ["edit", "submit", "void"], approvalsGiven: 0, approvalsNeeded: 1 },
  steps: [step("submit", null, null), step("return", "amount-wrong", "与签领表不符")],
} as unknown as DisbursementDetail;

test("whoever submits a returned record answers the return in a line, and it is sent along", async () => {
  const network = new Network();
  render(<RecordActions record={record} findings={[]} />, { wrapper: Screen });
  fireEvent.click(screen.getByRole("button", { name: "重新上报" }));
  const dialog = screen.getByRole("dialog");
  expect(dialog.textContent).toContain("退回原因：金额有误 · 与签领表不符");
  const confirm = screen.getByRole("button", { name: "确认并上报" });
  fireEvent.click(confirm);
  expect(network.sent).toEqual([]);
  fireEvent.change(screen.getByLabelText(/对退回的答复/), {
    target: { value: " 已按签领表更正 " },
  });
  fireEvent.click(confirm);
  await waitFor(() => expect(network.sent).toHaveLength(1));
  expect(network.sent).toMatchObject([
    {
      path: "/api/v1/disbursements/7/submit",
      body: { version: 3, answers: [], reply: "已按签领表更正" },
    },
  ]);
});

test("what was withdrawn, or came back and was taken up again, has no return to answer", () => {
  expect(returnOf(record)?.words).toBe("与签领表不符");
  expect(returnOf({ ...record, status: "draft" })).toBeNull();
  expect(returnOf({ ...record, steps: record.steps.slice(0, 1) })).toBeNull();
});
