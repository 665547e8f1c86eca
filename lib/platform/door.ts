import "server-only";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";
import { env } from "./env";
import { ADDRESS_HEADER } from "./request-origin";

const FORWARDED = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"];

type Arrival = { request: IncomingMessage; response: ServerResponse };

const ARRIVAL = "http.server.request.start";

let underWay = 0;

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
export function guardTheDoor(): () => void {
  const arrive = (message: unknown) => {
    const { request, response } = message as Arrival;
    underWay += 1;
    response.once("close", () => (underWay -= 1));
    request.url = knownAddress(request.url ?? "/");
    setAddress(request);
  };
  subscribe(ARRIVAL, arrive);
  return () => void unsubscribe(ARRIVAL, arrive);
}

export function requestsUnderWay(): number {
  return underWay;
}
