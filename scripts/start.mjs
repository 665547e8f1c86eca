// npm start. Nothing is imported before the version is known: an old Node could not even read the rest.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `Node ${process.versions.node} 太旧，请安装 20.19 或更新版本。\n` +
      `Node ${process.versions.node} is too old; install 20.19 or newer.\n`,
  );
  process.exit(1);
} else {
  import("./lib/launch.mjs").then((launcher) => launcher.launch());
}
