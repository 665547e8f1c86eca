import { POST as bring } from "@/app/api/v1/imports/route";
import type { TestPerson } from "./actors";
import { call, type Answer } from "./http";

export type BroughtFile = { name?: string; content: string | Uint8Array };

/** A file over the API, as a form in a browser sends it. */
export async function bringFile(
  person: TestPerson,
  { name = "台账.csv", content }: BroughtFile,
  fields: Record<string, string> = {},
): Promise<Answer> {
  const form = new FormData();
  for (const [field, value] of Object.entries({ organisation: person.organisation, ...fields }))
    form.set(field, value);
  form.set("file", new Blob([content as BlobPart]), name);
  const response = new Response(form);
  return call(bring, person, {
    method: "POST",
    path: "/api/v1/imports",
    body: new Uint8Array(await response.arrayBuffer()),
    headers: { "content-type": response.headers.get("content-type") ?? "" },
  });
}
