import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server } from "node:net";

/**
 * Stands between a server and Postgres and counts round trips: a trip begins when the client speaks after
 * Postgres did, so that statements sent together are one, whatever driver sends them.
 */
export type Proxy = { port: number; trips(): number; close(): void };

export async function countTrips(target: URL): Promise<Proxy> {
  let trips = 0;
  const server: Server = createServer((client) => {
    const upstream = connect(Number(target.port || 5432), target.hostname);
    let spoke: "client" | "postgres" = "postgres";
    client.on("data", (bytes) => {
      if (spoke === "postgres") trips++;
      spoke = "client";
      upstream.write(bytes);
    });
    upstream.on("data", (bytes) => {
      spoke = "postgres";
      client.write(bytes);
    });
    const end = () => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) socket.on("error", end).on("close", end);
    client.setNoDelay();
    upstream.setNoDelay();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    trips: () => trips,
    close: () => void server.close(),
  };
}
