import {
  act,
  cleanup,
  configure,
  fireEvent,
  render,
  screen,
  waitFor,
} from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { TextInput } from "@/components/form/text-input";
import { failureOf } from "@/lib/browser/api-client";
import { createAllotment } from "@/lib/features/allotments/client";
import { approveDisbursement } from "@/lib/features/steps/client";
import { Network } from "@/testing/network";
import { Screen } from "@/testing/screen";
import { CommandDialog } from "./command-dialog";
import { useCommand } from "./use-command";

// A ceiling for a machine that is busy, not a measure of anything.
configure({ asyncUtilTimeout: 15_000 });

const FORM = {
  organisation: "630123",
  fiscalYear: 2026,
  fundSource: "provincial-treasury",
  receivedOn: null,
};

function AmountDialog({ onClose }: { onClose: () => void }) {
  const command = useCommand();
  async function save(data: FormData) {
    const body = { ...FORM, amountFen: String(data.get("amount")) };
    const outcome = await command.run((send) => send(createAllotment, { body }));
    if (outcome.ok) onClose();
  }
  return (
    <CommandDialog
      command={command}
      title="登记到位"
      confirm="登记"
      onClose={onClose}
      onConfirm={(data) => void save(data)}
    >
      <TextInput id="amount" name="amount" aria-label="金额" />
      <p>{command.errorOf("amountFen")}</p>
    </CommandDialog>
  );
}

/** Some records one after the other, as the review queue does it. */
function Bulk({ ids }: { ids: string[] }) {
  const command = useCommand();
  const [done, setDone] = useState("");
  async function approve() {
    const codes: string[] = [];
    await command.run(async (send) => {
      for (const id of ids)
        await send(approveDisbursement, { id, body: { version: 1 } }).then(
          () => codes.push("done"),
          (error: unknown) => codes.push(failureOf(error).code),
        );
    });
    setDone(codes.join(" "));
  }
  return (
    <>
      <button type="button" onClick={() => void approve()}>
        通过
      </button>
      <output aria-label="结果">{done}</output>
    </>
  );
}

function Page() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        新增
      </button>
      {open && <AmountDialog onClose={() => setOpen(false)} />}
    </>
  );
}

const amount = () => screen.getByLabelText<HTMLInputElement>("金额");
const type = (fen: string) => fireEvent.change(amount(), { target: { value: fen } });
const open = () => fireEvent.click(screen.getByRole("button", { name: "新增" }));
const isOpen = () => screen.queryByLabelText("金额") !== null;

async function press() {
  fireEvent.click(screen.getByRole("button", { name: "登记" }));
  await waitFor(() => expect(document.querySelector("[aria-busy]")).toBeNull());
}

beforeEach(() => {
  render(<Page />, { wrapper: Screen });
  open();
  type("2100000");
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

test("a lost answer: the same words go again under the same key, and count once", async () => {
  const network = new Network("lost");
  await press();
  expect(screen.getByRole("alert").textContent).toContain("网络已断开");
  expect(amount().value).toBe("2100000");
  await press();
  expect(isOpen()).toBe(false);
  expect(network.sent).toHaveLength(2);
  expect(network.sent[1]).toEqual(network.sent[0]);
  expect(network.taken.size).toBe(1);
});

test.each([
  ["the server is busy", { status: 503, code: "BUSY" }, "系统正忙"],
  ["too many requests", { status: 429, code: "RATE_LIMITED" }, "操作太频繁"],
  ["the server fails", { status: 500, code: "INTERNAL" }, "系统出了问题"],
  ["something between answers", { status: 502 }, "系统出了问题"],
  ["the line is down", "offline", "网络已断开"],
] as const)("%s: nothing is decided, so the key stays", async (_, fate, sentence) => {
  const network = new Network(fate, fate);
  await press();
  expect(screen.getByRole("alert").textContent).toContain(sentence);
  await press();
  await press();
  expect(isOpen()).toBe(false);
  expect(new Set(network.keys).size).toBe(1);
  expect(network.taken.size).toBe(1);
});

test("asked for the password once more, the same words go again under the same key", async () => {
  const network = new Network({ status: 403, code: "STEP_UP" });
  fireEvent.click(screen.getByRole("button", { name: "登记" }));
  const proof = await screen.findByLabelText<HTMLInputElement>(/登录密码或验证码/);
  fireEvent.change(proof, { target: { value: "山高水长-2026" } });
  fireEvent.click(screen.getByRole("button", { name: "确认并继续" }));
  await waitFor(() => expect(isOpen()).toBe(false));
  const [first, shown, second] = network.sent;
  expect(shown).toMatchObject({ path: "/api/v1/me/proof", body: { password: "山高水长-2026" } });
  expect(second).toEqual(first);
});

test("who would rather not show it loses nothing that was typed", async () => {
  const network = new Network({ status: 403, code: "STEP_UP" });
  fireEvent.click(screen.getByRole("button", { name: "登记" }));
  await screen.findByLabelText(/登录密码或验证码/);
  fireEvent.click(screen.getAllByRole("button", { name: "取消" }).at(-1) as HTMLElement);
  await waitFor(() => expect(screen.queryByLabelText(/登录密码或验证码/)).toBeNull());
  expect(amount().value).toBe("2100000");
  expect(network.sent).toHaveLength(1);
});

test("two clicks before the answer are one request", async () => {
  let answer = () => {};
  const network = new Network(new Promise<void>((resolve) => (answer = resolve)));
  const button = screen.getByRole("button", { name: "登记" });
  const form = amount().form;
  if (!form) throw new Error("The field stands in no form");
  act(() => {
    button.click();
    form.requestSubmit();
  });
  fireEvent.click(button);
  fireEvent.submit(form);
  expect(button.getAttribute("aria-busy")).toBe("true");
  act(() => answer());
  await waitFor(() => expect(isOpen()).toBe(false));
  expect(network.sent).toHaveLength(1);
});

test("the session has ended: what was typed stays, the way to sign in opens beside it, the key is kept", async () => {
  const network = new Network({ status: 401, code: "UNAUTHENTICATED" });
  await press();
  const link = screen.getByRole("link", { name: "重新登录" });
  expect(link.getAttribute("target")).toBe("_blank");
  expect(link.getAttribute("href")).toMatch(/^\/sign-in\?next=/);
  expect(amount().value).toBe("2100000");
  await press();
  expect(network.keys[1]).toBe(network.keys[0]);
  expect(network.taken.size).toBe(1);
});

test("a refusal is an answer: it stands at its field, and what is sent next is a new intent", async () => {
  const fieldErrors = { amountFen: ["金额须大于 0"] };
  const network = new Network({ status: 400, code: "VALIDATION", fieldErrors });
  await press();
  expect(screen.getByText("金额须大于 0")).toBeTruthy();
  type("2100001");
  await press();
  expect(new Set(network.keys).size).toBe(2);
  expect(network.taken.size).toBe(1);
});

test("what is done is over: the same words again are a new intent", async () => {
  const network = new Network();
  await press();
  open();
  type("2100000");
  await press();
  expect(new Set(network.keys).size).toBe(2);
  expect(network.taken.size).toBe(2);
});

test("other words after a lost answer do not count beside the first: the person is told, and decides", async () => {
  const network = new Network("lost");
  await press();
  type("2200000");
  await press();
  expect(screen.getByRole("alert").textContent).toContain("上一次提交其实已经收到");
  expect([...network.taken.values()]).toMatchObject([{ body: { amountFen: "2100000" } }]);
  await press();
  expect(network.taken.size).toBe(2);
});

test("other words after a request that never arrived are the only ones that count", async () => {
  const network = new Network("offline");
  await press();
  type("2200000");
  await press();
  expect(isOpen()).toBe(false);
  expect([...network.taken.values()]).toMatchObject([{ body: { amountFen: "2200000" } }]);
});

test("a dialog closed after a lost answer and opened again wants the same thing", async () => {
  const network = new Network("lost");
  await press();
  fireEvent.click(screen.getByRole("button", { name: "取消" }));
  open();
  type("2100000");
  await press();
  expect(isOpen()).toBe(false);
  expect(network.taken.size).toBe(1);
});

test("the focus begins in the first field", () => {
  expect(document.activeElement).toBe(amount());
});

test("in bulk each record has a key of its own, kept for those without an answer", async () => {
  cleanup();
  render(<Bulk ids={["7", "8"]} />, { wrapper: Screen });
  const network = new Network("lost", { status: 409, code: "STALE" }, "answered", "answered");
  const approve = screen.getByRole("button", { name: "通过" });
  fireEvent.click(approve);
  fireEvent.click(approve);
  await waitFor(() => expect(screen.getByLabelText("结果").textContent).toBe("OFFLINE STALE"));
  expect(network.sent).toHaveLength(2);
  fireEvent.click(approve);
  await waitFor(() => expect(screen.getByLabelText("结果").textContent).toBe("done done"));
  const [first, second, firstAgain, secondAgain] = network.keys;
  expect(firstAgain).toBe(first);
  expect(new Set([first, second, secondAgain]).size).toBe(3);
  expect(network.taken.size).toBe(2);
});
