import { cleanup, render } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { defaultPreferences, preferenceCookies } from "@/lib/kernel/preferences";
import { PreferencesProvider } from "./preferences";

vi.mock("next/navigation", () => ({ useRouter: () => ({ refresh: () => undefined }) }));
afterEach(cleanup);

test("who never chose a language is answered in that of the page", () => {
  render(
    <PreferencesProvider initial={{ ...defaultPreferences, locale: "zh-CN" }}>
      页面
    </PreferencesProvider>,
  );
  expect(document.cookie).toContain(`${preferenceCookies.locale}=zh-CN`);
});
