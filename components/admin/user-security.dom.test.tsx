import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { AdminUser } from "@/lib/features/admin/schema";
import { Network } from "@/testing/network";
import { Screen } from "@/testing/screen";
import { UserSecurity } from "./user-security";

const user: AdminUser = {
  ...{ id: "9", username: "clerk.nine", nameZh: "经办九", nameEn: "Clerk Nine" },
  ...{ active: true, isDemo: false, createdAt: "2026-01-01T00:00:00.000Z", version: 4 },
  ...{ secondFactor: false, identities: [], memberships: [] },
};

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

test("an account is disabled by the second click, after the first has said whose it is", async () => {
  const network = new Network();
  const changed = vi.fn();
  render(<UserSecurity user={user} onChanged={changed} onPassword={vi.fn()} onAsked={vi.fn()} />, {
    wrapper: Screen,
  });
  const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));
  press("停用账号");
  expect(screen.getByText(/^确定停用 经办九（clerk.nine）的账号？/)).toBeDefined();
  press("取消");
  press("停用账号");
  expect(network.sent).toEqual([]);
  press("停用账号");
  await waitFor(() => expect(changed).toHaveBeenCalledTimes(1));
  expect(network.sent).toMatchObject([{ method: "PATCH", body: { version: 4, active: false } }]);
});
