import { createHash } from "node:crypto";
import { Agent, createServer, request, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import { streamedBodySchema } from "@/lib/kernel/wire";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { cookieFor } from "@/testing/http";

const actors = testActors(await testDatabase());
const { defineRoute } = await import("./route");
const { partsOf } = await import("./multipart");

const MB = 1024 * 1024;
const uploadContract = contract({
  id: "upload",
  method: "POST",
  path: "/upload",
  tag: "account",
  rate: "write",
  summary: "A file",
  consumes: "octet-stream",
  maxBytes: MB,
  body: streamedBodySchema,
  response: z.object({ sha256: z.string(), by: z.string(), runs: z.int() }),
});
let runs = 0;
let received = 0;
const upload = defineRoute(
  uploadContract,
  async ({ body }) => {
    const hash = createHash("sha256");
    for await (const chunk of body.bytes) {
      received += chunk.byteLength;
      hash.update(chunk);
    }
    return { sha256: hash.digest("hex") };
  },
  async ({ actor, sha256 }) => ({ sha256, by: actor.userId, runs: (runs += 1) }),
);
const form = defineRoute(
  contract({ ...uploadContract, id: "form", consumes: "multipart", response: z.array(z.string()) }),
  async ({ body }) => {
    const names: string[] = [];
    for await (const part of partsOf(body)) names.push(part.filename ?? part.name);
    return { names };
  },
  async ({ names }) => names,
);
const json = defineRoute(
  contract({
    ...uploadContract,
    id: "json",
    consumes: "json",
    body: z.strictObject({ a: z.string() }),
    response: z.object({}),
  }),
  async () => ({}),
);

/** A request as the framework hands it on: the body is a stream of the socket. */
async function passOn(incoming: IncomingMessage): Promise<Response> {
  const handler = { "/form": form, "/json": json }[incoming.url ?? ""] ?? upload;
  const init = {
    method: "POST",
    headers: new Headers(incoming.headers as Record<string, string>),
    body: Readable.toWeb(incoming),
    duplex: "half",
  };
  return handler(new Request("http://nuanzhang.test/api/v1/upload", init as RequestInit), {
    params: Promise.resolve({}),
  });
}
const server = createServer((incoming, outgoing) => {
  void passOn(incoming).then(async (response) => {
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.end(await response.text());
  });
});
let person: TestPerson;
let cookie = "";
let port = 0;

beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  port = (server.address() as AddressInfo).port;
  person = await actors.clerk("630123");
  cookie = await cookieFor(person);
});
afterAll(() => {
  agent.destroy();
  server.closeAllConnections();
  server.close();
});

const TYPE = { "content-type": "application/octet-stream" };
const agent = new Agent({ keepAlive: true });
type Sent = { status: number; text: string; bytes: number };

/** Sends until the answer comes, like a client that has the rest of its file ready; `most` bytes at most. */
function send(path: string, headers: Record<string, string>, most: number): Promise<Sent> {
  return new Promise((resolve, reject) => {
    let bytes = 0;
    const outgoing = request({ port, path, method: "POST", agent, headers: { ...TYPE, ...headers } }); // prettier-ignore
    outgoing.on("error", reject);
    outgoing.on("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        outgoing.destroy();
        const text = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode ?? 0, text, bytes });
      });
    });
    const chunk = Buffer.alloc(64 * 1024, "x");
    const next = () => {
      if (outgoing.destroyed) return;
      if (bytes >= most) return void outgoing.end();
      bytes += chunk.byteLength;
      outgoing.write(chunk, () => setImmediate(next));
    };
    outgoing.flushHeaders();
    next();
  });
}

describe("a body that streams", () => {
  test("is received before the transaction, and its digest guards the key", async () => {
    const key = { cookie, "idempotency-key": "one-file" };
    const first = await send("/", key, 8 * 65_536);
    const sha256 = createHash("sha256")
      .update(Buffer.alloc(8 * 65_536, "x"))
      .digest("hex");
    expect([first.status, JSON.parse(first.text)]).toEqual([200, { sha256, by: person.userId, runs: 1 }]); // prettier-ignore
    expect((await send("/", key, 8 * 65_536)).text).toBe(first.text);
    expect((await send("/", key, 65_536)).status).toBe(422);
    expect(runs).toBe(1);
  });

  test("announced too large is refused before a byte of it is read", async () => {
    received = 0;
    const answer = await send("/", { cookie, "content-length": String(200 * MB) }, 200 * MB);
    expect([answer.status, JSON.parse(answer.text).error.code]).toEqual([413, "PAYLOAD_TOO_LARGE"]);
    expect(received).toBe(0);
    expect(answer.bytes).toBeLessThan(20 * MB);
  });

  test("that does not say how large it is is left at the cap", async () => {
    received = 0;
    const answer = await send("/", { cookie, "transfer-encoding": "chunked" }, 200 * MB);
    expect(answer.status).toBe(413);
    expect(received).toBeLessThanOrEqual(MB);
    expect((await send("/json", { cookie, "content-type": "application/json" }, 200 * MB)).status).toBe(413); // prettier-ignore
  });

  test("of nobody is not read at all", async () => {
    received = 0;
    const answers = await Promise.all(Array.from({ length: 80 }, () => send("/", {}, 9 * MB)));
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([401]));
    expect(received).toBe(0);
  });

  test("of another type is refused, and a form comes in its parts", async () => {
    expect((await send("/", { cookie, "content-type": "application/json" }, 10)).status).toBe(415);
    expect((await send("/form", { cookie }, 10)).status).toBe(415);
    const body = new FormData();
    body.append("note", "一");
    body.append("list", new File(["a,b"], "发放表.csv"));
    const answer = await fetch(`http://127.0.0.1:${port}/form`, { method: "POST", body, headers: { cookie } }); // prettier-ignore
    expect(await answer.json()).toEqual(["note", "发放表.csv"]);
  });

  test("without somebody to receive it is no contract", () => {
    expect(() => defineRoute(uploadContract, () => Promise.reject(new Error()))).toThrow("prepare");
  });
});
