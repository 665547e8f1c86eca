// How a schema engine speaks: its log on stderr, JSON-RPC on stdout.

/** @param {string} level @param {string} message @param {Record<string, unknown>} [more] */
export function log(level, message, more = {}) {
  const timestamp = new Date().toISOString();
  const line = { timestamp, level, fields: { message, ...more }, target: "schema_engine::logger" };
  process.stderr.write(`${JSON.stringify(line)}\n`);
}

/** @param {Record<string, unknown>} message */
export function send(message) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
}
