import "server-only";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { env } from "./env";
import { ADDRESS_HEADER, ALLOW_HEADER, isHttps } from "./request-origin";
import { apiPolicy, securityHeaders } from "./security-headers";

const FORWARDED = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"];

type Arrival = { request: IncomingMessage; response: ServerResponse; server: Server };

const ARRIVAL = "http.server.request.start";

/** What the framework can be asked with; to anything else it answers 500. */
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

const underWay = new Set<ServerResponse>();
const servers = new Set<Server>();
let closing = false;

/**
 * An address whose percent signs do not decode leads nowhere; the framework would answer 500 to it
 * wherever a page or route has a parameter there.
 */
function knownAddress(url: string): string {
  const [path = "/"] = url.split("?");
  try {
    decodeURIComponent(path);
    return url;
  } catch {
    return path.startsWith("/api/") ? "/api/v1/not-an-address" : "/not-an-address";
  }
}

/** Where more than reading goes on: the API, and what the framework serves for itself in development. */
const BEYOND_PAGES = /^\/(api\/|_next\/|__next)/;

/** The methods an address of the API takes; empty where there is no such address. */
export type MethodsAt = (path: string) => readonly string[];

/** A wrong method goes where it is told which ones there are; the framework itself would say nothing. */
function sendAwayWrongMethods(request: IncomingMessage, methodsAt: MethodsAt): void {
  delete request.headers[ALLOW_HEADER];
  const method = request.method ?? "GET";
  const known = METHODS.includes(method);
  const path = (request.url ?? "/").split("?")[0] ?? "/";
  const allowed = BEYOND_PAGES.test(path) ? methodsAt(path) : ["GET", "HEAD"];
  if (known && (allowed.length === 0 || allowed.includes(method))) return;
  request.headers[ALLOW_HEADER] = (allowed.length > 0 ? allowed : ["GET", "HEAD"]).join(", ");
  request.url = "/api/v1/not-allowed";
  if (!known) request.method = "GET";
}

/**
 * Set here and not by the framework's proxy, through which a body would be kept whole in memory before any
 * wall of ours has seen the request.
 */
function setApiHeaders({ url, headers }: IncomingMessage, response: ServerResponse): void {
  // Also for what the framework serves without its proxy: scripts, styles, fonts.
  response.setHeader("X-Content-Type-Options", "nosniff");
  if (!url?.startsWith("/api/")) return;
  const proto = String(headers["x-forwarded-proto"] ?? "");
  const https = isHttps(new Headers({ "x-forwarded-proto": proto }));
  const all = { ...securityHeaders(https), "Content-Security-Policy": apiPolicy };
  for (const [name, value] of Object.entries(all)) response.setHeader(name, value);
}

/** What a request claims about itself and only the server may say. */
function setAddress({ headers, socket }: IncomingMessage): void {
  const trusted = env().TRUST_PROXY;
  const chain = String(headers["x-forwarded-for"] ?? "").split(",");
  const nearest = trusted ? chain[chain.length - 1]?.trim() : "";
  if (!trusted) for (const name of FORWARDED) delete headers[name];
  headers[ADDRESS_HEADER] = nearest || (socket.remoteAddress ?? "unknown");
}

/**
 * Runs before the framework sees a request. Without a proxy of our own the X-Forwarded headers are
 * whatever the client typed: they would choose the address that limits count and the host that sign-in
 * redirects to. Answers how to stop.
 */
export function guardTheDoor(methodsAt: MethodsAt): () => void {
  const arrive = (message: unknown) => {
    const { request, response, server } = message as Arrival;
    servers.add(server);
    underWay.add(response);
    if (closing) response.setHeader("Connection", "close");
    response.once("close", () => {
      underWay.delete(response);
      if (closing) setImmediate(() => server.closeIdleConnections());
    });
    request.url = knownAddress(request.url ?? "/");
    setAddress(request);
    sendAwayWrongMethods(request, methodsAt);
    setApiHeaders(request, response);
  };
  subscribe(ARRIVAL, arrive);
  return () => {
    unsubscribe(ARRIVAL, arrive);
    servers.clear();
    closing = false;
  };
}

/** From here on nobody stays: each connection ends with the answer it waits for, idle ones at once. */
export function seeEverybodyOut(): void {
  closing = true;
  for (const response of underWay)
    if (!response.headersSent) response.setHeader("Connection", "close");
  for (const server of servers) server.closeIdleConnections();
}

export function requestsUnderWay(): number {
  return underWay.size;
}
