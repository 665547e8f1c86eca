import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { Agent, request, type IncomingMessage, type RequestOptions } from "node:http";
import { createServer, type AddressInfo } from "node:net";
import { encode } from "next-auth/jwt";
import { inDatabase, type BenchDatabase } from "./generate";
import { countTrips, type Proxy } from "./proxy";

/** The built server on one of the bench's databases, asked over HTTP as a browser would ask. */

/** Not answered as asked: 503 while everything is busy, a connection that was closed, and so on. */
export class Refused extends Error {}

type Answer = { status: number; text: string; bytes: number };
export type BenchServer = {
  pid: number;
  base: string;
  proxy: Proxy | undefined;
  ask(asked: Asked): Promise<Answer>;
  /** For files: counts the bytes and keeps none. */
  drain(asked: Asked): Promise<number>;
  stop(): Promise<void>;
};
type Asked = {
  path: string;
  as: string;
  body?: object | undefined;
  /** A form with a file, in the place of a body. */
  form?: FormData;
};

/** What goes out, and how it is called. */
async function payloadOf({ body, form }: Asked): Promise<{ type: string; bytes: Buffer } | null> {
  if (form) {
    const made = new Response(form);
    const type = made.headers.get("content-type") ?? "";
    return { type, bytes: Buffer.from(await made.arrayBuffer()) };
  }
  return body ? { type: "application/json", bytes: Buffer.from(JSON.stringify(body)) } : null;
}

const START_MS = 60_000;
const LOG = ".data/bench-server.log";

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}

const cookies = new Map<string, string>();
/** The person's name is the token of the session that generate.ts made. */
export async function cookieOf(username: string): Promise<string> {
  const known = cookies.get(username);
  if (known) return known;
  const secret = process.env["NEXTAUTH_SECRET"] ?? "";
  const made = await encode({ token: { token: username }, secret, maxAge: 24 * 3600 });
  cookies.set(username, made);
  return made;
}

/** Every database address that the launcher knows, pointed at the bench's database (and at the proxy). */
function environmentOf(database: BenchDatabase, proxy: Proxy | undefined): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env, NODE_ENV: "production" };
  for (const [name, value] of Object.entries(process.env)) {
    if (!/^DATABASE_.*URL$/.test(name) || !value) continue;
    const url = new URL(inDatabase(value, database.name));
    if (proxy) {
      url.searchParams.delete("host"); // the proxy listens on loopback, not on the socket
      url.host = `127.0.0.1:${proxy.port}`;
    }
    env[name] = url.toString();
  }
  return { ...env, DATABASE_OWNER_URL: "", NUANZHANG_POSTMASTER: "", AUTH_TRUST_HOST: "1" };
}

function start(env: NodeJS.ProcessEnv): ChildProcess {
  const log = openSync(LOG, "a");
  const child = spawn(process.execPath, ["scripts/serve.mjs", ".next/standalone"], {
    env,
    stdio: ["ignore", log, log, "ipc"],
  });
  closeSync(log);
  return child;
}

/** Once more where a connection that lay idle was closed just then, as a browser does; a write carries its key. */
async function speak(url: URL, options: RequestOptions, bytes?: Buffer): Promise<IncomingMessage> {
  const asking = request(url, options);
  asking.end(bytes);
  try {
    const [answer] = (await once(asking, "response")) as [IncomingMessage];
    return answer;
  } catch (error) {
    if (asking.reusedSocket && (error as NodeJS.ErrnoException).code === "ECONNRESET")
      return speak(url, options, bytes);
    throw error;
  }
}

async function send(base: string, agent: Agent, asked: Asked, keep: boolean) {
  const { path, as } = asked;
  const payload = await payloadOf(asked);
  const options = {
    agent,
    method: payload ? "POST" : "GET",
    headers: {
      cookie: `next-auth.session-token=${await cookieOf(as)}`,
      ...(payload && {
        "content-type": payload.type,
        "content-length": payload.bytes.length,
        "idempotency-key": crypto.randomUUID(),
      }),
    },
  };
  const answer = await speak(new URL(path, base), options, payload?.bytes);
  let bytes = 0;
  const chunks: Buffer[] = [];
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (keep) chunks.push(chunk);
  }
  return { status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString("utf8"), bytes };
}

async function untilReady(base: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline && child.exitCode === null) {
    const ok = await fetch(`${base}/api/health`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ok) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`the server did not start; see ${LOG}`);
}

/** The worker beside it, which reads and stores what is imported; as the launcher starts it. */
export async function serveWorker(database: BenchDatabase) {
  const log = openSync(LOG, "a");
  const env = environmentOf(database, undefined);
  const flags = ["--max-semi-space-size=4", "--conditions=react-server"];
  const loader = ["--import", import.meta.resolve("tsx")];
  const child = spawn(process.execPath, [...flags, ...loader, "worker.ts"], {
    env: { ...env, MALLOC_ARENA_MAX: "2", DATABASE_URL: env["DATABASE_WORKER_URL"] },
    stdio: ["ignore", log, log, "ipc"],
  });
  closeSync(log);
  await once(child, "message");
  return {
    pid: child.pid ?? 0,
    async stop() {
      child.kill("SIGTERM");
      if (child.exitCode === null) await once(child, "exit");
    },
  };
}

export async function serve(database: BenchDatabase, counted = false): Promise<BenchServer> {
  const proxy = counted ? await countTrips(new URL(database.url)) : undefined;
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const child = start({
    ...environmentOf(database, proxy),
    ...{ PORT: String(port), HOSTNAME: "127.0.0.1" },
  });
  await untilReady(base, child);
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  return {
    pid: child.pid ?? 0,
    base,
    proxy,
    async ask(asked) {
      const answer = await send(base, agent, asked, true).catch((error: unknown) => {
        throw new Refused(`${asked.path}: ${String(error)}`);
      });
      if (answer.status >= 300)
        throw new Refused(`${asked.path}: ${answer.status} ${answer.text.slice(0, 300)}`);
      return answer;
    },
    async drain(asked) {
      const { status, bytes } = await send(base, agent, asked, false);
      if (status >= 300) throw new Refused(`${asked.path}: ${status}`);
      return bytes;
    },
    async stop() {
      agent.destroy();
      child.kill("SIGTERM");
      if (child.exitCode === null) await once(child, "exit");
      proxy?.close();
    },
  };
}
