// What browser tests work on, made beside the quick steps: it takes one core for two minutes.
import { dropStale, leaveData, makeData, newHome } from "../lib/browser-data.mjs";
import { stopCluster } from "../lib/cluster.mjs";
import { removeHome } from "../lib/place.mjs";
import { loadEnvironment } from "../lib/project.mjs";
import { endingWithUs } from "../lib/run.mjs";
import { main } from "../lib/say.mjs";

const { watched } = endingWithUs();

await main(async () => {
  loadEnvironment();
  dropStale();
  const home = newHome();
  try {
    await makeData(home, watched);
    await stopCluster(home);
  } catch (error) {
    await stopCluster(home);
    removeHome(home);
    throw error;
  }
  leaveData(home);
});
