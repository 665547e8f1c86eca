import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { Screen } from "@/testing/screen";
import { ChangesCard } from "./changes-card";

afterEach(cleanup);

test("a change names the number on the voucher, not the row's", () => {
  const named = (code: string) => code;
  const names = {
    ...{ organisation: named, programme: named, aidCategory: named },
    ...{ recipientKind: named, fundSource: named, campaign: named },
  };
  const change = {
    ...{ id: "9", at: "2026-11-20T02:00:00.000Z", actor: null, action: "disbursement.approve" },
    ...{ subjectType: "disbursement", subjectId: "42", subjectName: "630123-2026-000042" },
    ...{ organisation: "630123", records: {}, body: {}, hash: "" },
  };
  render(<ChangesCard changes={[change]} names={names} />, { wrapper: Screen });
  const link = screen.getByRole("link", { name: "审核通过发放记录 630123-2026-000042" });
  expect(link.getAttribute("href")).toBe("/disbursements/42");
});
