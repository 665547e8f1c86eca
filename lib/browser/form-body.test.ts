import { expect, test } from "vitest";
import { partsOf } from "@/lib/platform/multipart";
import { formBody } from "./form-body";

const form = () => {
  const made = new FormData();
  made.set("organisation", "630123");
  made.set("file", new File(["项目,金额\r\n"], '台"账.csv', { type: "text/csv" }));
  return made;
};

test("a form sent twice under one key is the same bytes, and the door reads it", async () => {
  const body = formBody(form(), "abc123");
  const again = await formBody(form(), "abc123").text();
  expect(await body.text()).toBe(again);
  expect(await formBody(form(), "def456").text()).not.toBe(again);

  const read: [string, string | null, string][] = [];
  const bytes = (async function* () {
    yield new Uint8Array(await body.arrayBuffer());
  })();
  for await (const part of partsOf({ contentType: body.type, bytes })) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of part.bytes) chunks.push(chunk);
    read.push([part.name, part.filename, Buffer.concat(chunks).toString("utf8")]);
  }
  expect(read.map(([name, filename]) => [name, filename])).toEqual([
    ["organisation", null],
    ["file", '台"账.csv'],
  ]);
});
