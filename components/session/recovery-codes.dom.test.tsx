import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { Screen } from "@/testing/screen";
import { RecoveryCodes } from "./recovery-codes";

afterEach(cleanup);

test("codes that are shown once stay until their reader says that they are kept", () => {
  const onClose = vi.fn();
  render(
    <Screen>
      <RecoveryCodes username="auditor" codes={["abcde-23456"]} onClose={onClose} />
    </Screen>,
  );
  const dialog = screen.getByRole<HTMLDialogElement>("dialog", { name: "恢复码" });
  fireEvent.click(dialog);
  fireEvent(dialog, new Event("cancel", { cancelable: true }));
  // as a browser does when Escape is pressed twice
  dialog.close();
  expect(dialog.open).toBe(true);
  expect(screen.queryByRole("button", { name: "关闭" })).toBeNull();
  expect(onClose).not.toHaveBeenCalled();
  fireEvent.click(screen.getByRole("button", { name: "已经存好" }));
  expect(onClose).toHaveBeenCalledOnce();
});
