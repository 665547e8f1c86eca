// Runs the standalone server for the launcher. When the launcher dies without stopping it (kill -9),
// the channel between them closes: then it drains, stops the embedded Postgres, and leaves nothing behind.
import { pathToFileURL } from "node:url";
import { join } from "node:path";

const folder = process.argv[2] ?? "";
let postmaster = Number(process.env.NUANZHANG_POSTMASTER);
const DRAIN_MS = 8_000;

// Longer than proxies keep a connection that nobody speaks on (nginx: 60 s): it is theirs to close. One that
// speaks just when we close gets no answer. Next reads it where it makes the server.
process.env.KEEP_ALIVE_TIMEOUT ||= "75000";

process.on("message", (told) => {
  if (told && typeof told === "object" && "postmaster" in told)
    postmaster = Number(told.postmaster);
});

process.once("disconnect", () => {
  process.once("exit", () => {
    try {
      if (postmaster) process.kill(postmaster, "SIGINT");
    } catch {
      // already gone
    }
  });
  process.kill(process.pid, "SIGTERM");
  setTimeout(() => process.exit(1), DRAIN_MS).unref();
});

// Next's banner names 0.0.0.0 as an address; the launcher prints those that work.
const BANNER = /^\s*(▲|- (Local|Network):|.*(Ready in|Running next\.config))/;
const write = console.log;
console.log = (...words) => {
  if (!BANNER.test(words.join(" ").replace(/\u001b\[\d+m/g, ""))) write(...words);
};

await import(pathToFileURL(join(folder, "server.js")).href);
