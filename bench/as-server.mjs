// Loaded before a worker: makes the marker `server-only` mean nothing, as a server bundle does. The
// condition react-server would do so too, but leaves out the React that next-intl's translator loads.
import { register } from "node:module";

const hooks = `export const resolve = (name, context, next) =>
  name === "server-only" ? { url: "data:text/javascript,", shortCircuit: true } : next(name, context);`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);
