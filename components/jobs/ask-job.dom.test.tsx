import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { Network } from "@/testing/network";
import { Screen } from "@/testing/screen";
import { AskJob } from "./ask-job";

vi.mock("next/navigation", () => ({
  useRouter: () => ({ refresh: () => undefined }),
  usePathname: () => "/jobs",
}));

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

test("asked again after a lost answer, it is the same thing that is wanted", async () => {
  const network = new Network("lost");
  render(<AskJob kind="invariants" />, { wrapper: Screen });
  fireEvent.click(screen.getByRole("button"));
  await waitFor(() => expect(screen.getByText(/网络已断开/)).toBeTruthy());
  expect(screen.queryByText(/已提出/)).toBeNull();
  fireEvent.click(screen.getByRole("button"));
  const posts = () => network.sent.filter(({ method }) => method === "POST");
  await waitFor(() => expect(screen.getByText(/已提出/)).toBeTruthy());
  expect(posts()).toHaveLength(2);
  expect(new Set(posts().map(({ key }) => key)).size).toBe(1);
});
