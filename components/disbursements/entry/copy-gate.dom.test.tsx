import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { keepCopy, newCopyId } from "@/lib/browser/kept-copy";
import { CopyGate } from "./copy-gate";

const ID = "0f0e0d0c-0b0a-4908-8706-050403020100";

/** A form that knows only what was typed into this very one. */
function Form({ opened, live }: { opened: string | null; live: boolean }) {
  const [text, setText] = useState(opened ?? "");
  return (
    <label>
      {live ? "备注" : "备注（等一等）"}
      <input value={text} onChange={(event) => setText(event.target.value)} />
    </label>
  );
}

function Gate({ copyId, recordId = null }: { copyId: string | null; recordId?: string | null }) {
  return (
    <CopyGate userId="person" kind="disbursement" copyId={copyId} recordId={recordId}>
      {({ copy, live }) => <Form opened={copy ? String(copy.body["text"]) : null} live={live} />}
    </CopyGate>
  );
}

const answer = (status: number, body: unknown) =>
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(JSON.stringify(body), { status })));
const note = () => screen.getByLabelText<HTMLInputElement>("备注");

beforeEach(() => localStorage.clear());
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

test("who types into an empty form at once keeps it, also when it gives itself an address", () => {
  const { rerender } = render(<Gate copyId={null} />);
  fireEvent.change(note(), { target: { value: "第一个字" } });
  rerender(<Gate copyId={ID} />);
  expect(note().value).toBe("第一个字");
});

test("a copy is opened with what the server holds; until then nothing is typed into it", async () => {
  const copy = { id: ID, kind: "disbursement", title: "", subject: null, baseVersion: null };
  answer(200, { ...copy, edits: 3, version: 2, updatedAt: "", body: { text: "在别处打的" } });
  render(<Gate copyId={ID} />);
  expect(screen.getByLabelText("备注（等一等）").closest("[inert]")).not.toBeNull();
  await waitFor(() => expect(note().value).toBe("在别处打的"));
  expect(note().closest("[inert]")).toBeNull();
});

test("without an answer it is what this browser kept", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
  keepCopy("person", {
    id: ID,
    writer: newCopyId(),
    kind: "disbursement",
    title: "",
    subject: null,
    baseVersion: null,
    edits: 2,
    saved: 1,
    version: 1,
    at: "2026-11-25T00:00:00.000Z",
    body: { text: "断网时打的" },
  });
  render(<Gate copyId={ID} />);
  await waitFor(() => expect(note().value).toBe("断网时打的"));
});

test("a record without a copy opens as it is saved", async () => {
  answer(200, { items: [] });
  render(<Gate copyId={null} recordId="42" />);
  await waitFor(() => expect(note().value).toBe(""));
});
