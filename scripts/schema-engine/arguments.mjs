/**
 * What the Prisma CLI asks of a schema engine on the command line.
 * @typedef {{ datamodels: string[], url: string | undefined, shadowUrl: string | undefined, command: string | undefined }} Settings
 */

/** @param {string[]} argv @returns {Settings} */
export function readArguments(argv) {
  /** @type {Settings} */
  const settings = { datamodels: [], url: undefined, shadowUrl: undefined, command: undefined };
  const rest = [...argv];
  while (rest.length) {
    const flag = rest.shift();
    if (flag === "--datamodels" || flag === "-d") settings.datamodels.push(rest.shift() ?? "");
    else if (flag === "--datasource") {
      const { url, shadowDatabaseUrl } = JSON.parse(rest.shift() ?? "{}");
      settings.url = url;
      settings.shadowUrl = shadowDatabaseUrl;
    } else if (flag === "--enabled-preview-features" || flag === "--extension-types") rest.shift();
    else if (flag === "cli") settings.command = rest.shift();
    else if (flag === "--version" || flag === "-V") settings.command = "version";
  }
  return settings;
}
