import { expect, vi } from "vitest";
import { POST as commit } from "@/app/api/v1/imports/[id]/commit/route";
import { PUT as map } from "@/app/api/v1/imports/[id]/mapping/route";
import { GET as find } from "@/app/api/v1/imports/[id]/route";
import { POST as bring } from "@/app/api/v1/imports/route";
import type { ImportView } from "@/lib/features/imports/schema";
import type { TestPerson } from "./actors";
import { call, type Answer } from "./http";

const PATIENCE = { timeout: 120_000, interval: 100 };

/** What a person does with files over the API, the real worker at work. */
export type Importing = {
  send(content: string | Uint8Array, fields?: Record<string, string>): Promise<Answer>;
  seen(id: string): Promise<ImportView>;
  /** Waits until nobody works on it and it stands so. */
  until(id: string, wanted: Partial<ImportView>): Promise<ImportView>;
  brought(content: string | Uint8Array, fields?: Record<string, string>): Promise<ImportView>;
  mapped(id: string, body: object): Promise<ImportView>;
  stored(id: string): Promise<ImportView>;
};

/** A file over the API, as a form in a browser sends it. */
export async function bringFile(
  person: TestPerson,
  { name = "台账.csv", content }: { name?: string; content: string | Uint8Array },
  fields: Record<string, string> = {},
): Promise<Answer> {
  const form = new FormData();
  for (const [field, value] of Object.entries({ organisation: person.organisation, ...fields }))
    form.set(field, value);
  form.set("file", new Blob([content as BlobPart]), name);
  const sent = new Response(form);
  return call(bring, person, {
    method: "POST",
    path: "/api/v1/imports",
    body: new Uint8Array(await sent.arrayBuffer()),
    headers: { "content-type": sent.headers.get("content-type") ?? "" },
  });
}

export function importingAs(person: TestPerson): Importing {
  const send: Importing["send"] = (content, fields = {}) => bringFile(person, { content }, fields);
  const seen = async (id: string) =>
    (await call(find, person, { params: { id } })).body as unknown as ImportView;
  const until = (id: string, wanted: Partial<ImportView>) =>
    vi.waitFor(async () => {
      const view = await seen(id);
      expect(view).toMatchObject({ progress: null, ...wanted });
      return view;
    }, PATIENCE);
  return {
    send,
    seen,
    until,
    async brought(content, fields = {}) {
      const answer = await send(content, fields);
      expect(answer).toMatchObject({ status: 201, body: { status: "reading" } });
      return until(String(answer.body["id"]), { status: "preview" });
    },
    async mapped(id, body) {
      const answer = await call(map, person, { method: "PUT", path: `/api/v1/imports/${id}/mapping`, params: { id }, body }); // prettier-ignore
      expect(answer).toMatchObject({ status: 200 });
      return until(id, { status: "preview" });
    },
    async stored(id) {
      const answer = await call(commit, person, { method: "POST", path: `/api/v1/imports/${id}/commit`, params: { id }, body: { goodRowsOnly: true } }); // prettier-ignore
      expect(answer).toMatchObject({ status: 200 });
      return until(id, { status: "committed" });
    },
  };
}
