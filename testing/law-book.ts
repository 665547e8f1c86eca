import { beforeAll } from "vitest";
import { testActors } from "./actors";
import { testDatabase } from "./database";
import type { LawFixture } from "./law-fixture";

/** A database with somebody and something for every law, there before the first of them is tried. */
export async function lawBook() {
  const database = await testDatabase();
  // opens connections of its own to that database
  const { lawFixture } = await import("./law-fixture");
  const actors = testActors(database);
  const f = {} as LawFixture;
  beforeAll(async () => {
    Object.assign(f, await lawFixture(actors));
  });
  return {
    database,
    actors,
    f,
    clerk: () => f.clerk.session,
    reviewer: () => f.reviewer.session,
    province: () => f.province.session,
    dual: () => f.dual.session,
  };
}
