import "server-only";
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";
import { env } from "./env";
import { ADDRESS_HEADER } from "./request-origin";

const FORWARDED = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"];

type Arrival = { request: IncomingMessage; response: ServerResponse };

let underWay = 0;

/** What a request claims about itself and only the server may say. */
function tidy({ headers, socket }: IncomingMessage): void {
  const trusted = env().TRUST_PROXY;
  const chain = String(headers["x-forwarded-for"] ?? "").split(",");
  const nearest = trusted ? chain[chain.length - 1]?.trim() : "";
  if (!trusted) for (const name of FORWARDED) delete headers[name];
  headers[ADDRESS_HEADER] = nearest || (socket.remoteAddress ?? "unknown");
}

/**
 * Runs before the framework sees a request. Without a proxy of our own the X-Forwarded headers are
 * whatever the client typed: they would choose the address that limits count and the host that sign-in
 * redirects to.
 */
export function guardTheDoor(): void {
  subscribe("http.server.request.start", (message) => {
    const { request, response } = message as Arrival;
    underWay += 1;
    response.once("close", () => (underWay -= 1));
    tidy(request);
  });
}

export function requestsUnderWay(): number {
  return underWay;
}
