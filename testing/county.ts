import { beforeAll } from "vitest";
import { testActors, type TestPerson } from "./actors";
import { testDatabase } from "./database";

/** Who enters for a county, who approves it and who may approve everything; there before the first test. */
export async function testCounty() {
  const actors = testActors(await testDatabase());
  const [clerk, reviewer, province] = [{}, {}, {}] as [TestPerson, TestPerson, TestPerson];
  beforeAll(async () => {
    Object.assign(clerk, await actors.clerk("630123"));
    Object.assign(reviewer, await actors.reviewer("630100"));
    Object.assign(province, await actors.province());
  });
  return { actors, clerk, reviewer, province };
}
