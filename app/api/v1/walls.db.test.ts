// Every route there is, asked by everybody: whose it is, whoever stands beside it, and whoever may not know of it.
import { beforeAll, expect, test } from "vitest";
import { SHIPPED } from "@/lib/features/layouts/labels";
import { exampleBody } from "@/lib/features/open-api/rules";
import { jsonSchemaOf } from "@/lib/features/open-api/present";
import { contracts } from "@/lib/features/open-api/schema";
import type { Contract } from "@/lib/kernel/contract";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { call, handlerOf } from "@/testing/http";
import { picture } from "@/testing/papers";
import { approvedRecord, as } from "@/testing/records";

const actors = testActors(await testDatabase());

/** Of 湟源; of 祁连; over 湟源; over 祁连; and those of the whole province. */
const READERS = ["clerk", "neighbour", "reviewer", "elsewhere", "province", "auditor", "admin", "nobody"] as const; // prettier-ignore

/**
 * What each is answered, in their order. All that is named here lies in 湟源 and stands in a later version than the
 * one that is sent, so that whoever passes every wall is told so (409), or has something new (201).
 */
const WALLS = `
GET /reference                                                                        200 200 200 200 200 200 200 401
GET /organisations                                                                    200 200 200 200 200 200 200 401
GET /disbursements?org=630123                                                         200 404 200 404 200 200 403 401
GET /cross?year=2026&org=630123                                                       200 404 200 404 200 200 403 401
GET /figures/explain?year=2026&org=630123                                             200 404 200 404 200 200 403 401
GET /layouts                                                                          200 200 200 200 200 200 403 401
POST /layouts                                                                         403 403 403 403 201 403 403 401
GET /layouts/{id=layout}                                                              200 200 200 200 200 200 403 401
PATCH /layouts/{id=layout}                                                            403 403 403 403 409 403 403 401
DELETE /layouts/{id=layout}                                                           404 404 404 404 200 403 403 401
GET /views                                                                            200 200 200 200 200 200 403 401
POST /views                                                                           201 201 201 201 201 201 403 401
PATCH /views/{id=view}                                                                409 404 404 404 404 404 403 401
POST /views/{id=view}/freeze                                                              409 404 404 404 404 404 403 401
GET /views/{id=view}/frozen                                                               200 404 404 404 404 404 403 401
GET /views/{id=view}/frozen/{no=1}                                                        404 404 404 404 404 404 403 401
DELETE /views/{id=view}                                                               200 404 404 404 404 404 403 401
POST /disbursements                                                                   201 404 403 403 403 403 403 401
GET /disbursements/{id=draft}                                                         200 404 200 404 200 200 403 401
PATCH /disbursements/{id=draft}                                                       409 404 403 404 403 403 403 401
POST /disbursements/check                                                             200 404 403 403 403 403 403 401
POST /disbursements/set                                                               201 404 403 403 403 403 403 401
POST /disbursements/set/check                                                         200 200 200 200 200 200 403 401
GET /disbursements/{id=draft}/roster                                                  200 404 200 404 200 200 403 401
GET /disbursements/{id=draft}/roster/copy-key                                         200 404 403 404 403 403 403 401
PUT /disbursements/{id=draft}/roster                                                  409 404 403 404 403 403 403 401
GET /disbursements/{id=draft}/roster/households                                       200 404 200 404 403 403 403 401
GET /disbursements/{id=draft}/attachments                                             200 404 200 404 200 200 403 401
POST /disbursements/{id=draft}/attachments                                            201 404 403 404 403 403 403 401
GET /attachments/{id=attachment}                                                      200 404 200 404 200 200 403 401
DELETE /attachments/{id=attachment}                                                   200 404 403 404 403 403 403 401
POST /disbursements/{id=approved}/roster/reveal                                       404 404 404 404 404 404 403 401
POST /disbursements/{id=approved}/roster/reveal-requests                                 404 404 404 404 404 404 403 401
GET /reveal-requests                                                                     200 200 200 200 200 200 403 401
POST /reveal-requests/{id=none}/grant                                                    404 404 404 404 404 404 403 401
POST /reveal-requests/{id=none}/decline                                                  404 404 404 404 404 404 403 401
POST /reveal-requests/{id=none}/show                                                     404 404 404 404 404 404 403 401
GET /reveals                                                                          403 403 403 403 403 200 200 401
GET /disbursements/{id=approved}/roster/payments                                      200 404 200 404 200 200 403 401
POST /disbursements/{id=draft}/roster/payments                                        409 404 403 404 403 403 403 401
POST /disbursements/{id=draft}/roster/reissue                                         409 404 403 404 403 403 403 401
GET /disbursements/{id=draft}/papers                                                  200 404 200 404 200 200 403 401
POST /disbursements/{id=draft}/sign-sheets                                            409 404 403 404 403 403 403 401
POST /sign-sheets?year=2020                                                           404 404 404 404 404 404 403 401
GET /sign-sheets/archive?ids={none}&format=pdf                                        404 404 404 404 404 404 403 401
POST /disbursements/{id=draft}/receipts                                               409 404 403 404 403 403 403 401
GET /sign-sheets/{id=none}/file?format=pdf                                            404 404 404 404 404 404 403 401
POST /disbursements/{id=draft}/public-notices                                         409 404 403 404 403 403 403 401
GET /public-notices/{id=none}/file?format=pdf                                         404 404 404 404 404 404 403 401
POST /public-notices/{id=none}/words                                                  404 404 404 404 404 404 403 401
POST /public-notices/{id=none}/close                                                  404 404 404 404 404 404 403 401
POST /disbursements/{id=draft}/roster/batches                                         409 404 403 404 403 403 403 401
POST /disbursements/{id=draft}/roster/batches/{no=1}/cancel                           409 404 403 404 403 403 403 401
GET /disbursements/{id=approved}/roster/batches/{no=1}/file                           404 404 403 404 403 403 403 401
POST /disbursements/{id=approved}/adjust                                              409 404 403 404 403 403 403 401
GET /disbursements/rows?organisation=630123&programme=golden-autumn&year=2026&by=year 200 404 200 404 200 200 403 401
POST /disbursements/{id=draft}/submit                                                 409 404 403 404 403 403 403 401
POST /disbursements/set/submit                                                        200 200 200 200 200 200 403 401
POST /disbursements/{id=sent}/withdraw                                                409 404 403 404 403 403 403 401
POST /disbursements/{id=sent}/open                                                    409 404 409 404 409 409 403 401
POST /disbursements/{id=sent}/approve                                                 403 404 409 404 409 403 403 401
POST /disbursements/{id=sent}/return                                                  403 404 409 404 409 403 403 401
POST /disbursements/{id=draft}/void                                                   409 404 403 404 403 403 403 401
GET /review/standing?ids={sent}                                                       200 200 200 200 200 200 403 401
GET /working-copies                                                                   200 200 200 200 200 200 403 401
GET /working-copies/{id=copy}                                                         200 404 404 404 404 404 403 401
PUT /working-copies/{id=copy}                                                         409 409 409 409 409 409 403 401
DELETE /working-copies/{id=copy}                                                      200 404 404 404 404 404 403 401
GET /imports                                                                          200 200 403 403 403 403 403 401
POST /imports                                                                         201 400 403 403 403 403 403 401
GET /imports/template?programme=golden-autumn                                         200 200 403 403 403 403 403 401
GET /imports/{id=import}                                                              200 404 403 403 403 403 403 401
PUT /imports/{id=import}/mapping                                                      409 404 403 403 403 403 403 401
GET /imports/{id=import}/known                                                        200 404 403 403 403 403 403 401
PUT /imports/{id=import}/known/{row=2}                                                409 404 403 403 403 403 403 401
GET /imports/{id=import}/progress                                                     200 404 403 403 403 403 403 401
POST /imports/{id=import}/commit                                                      409 404 403 403 403 403 403 401
GET /imports/{id=import}/rejected                                                     404 404 403 403 403 403 403 401
POST /imports/{id=import}/undo                                                        409 404 403 403 403 403 403 401
GET /figures?year=2026&org=630123                                                     200 404 200 404 200 200 403 401
GET /figures/balance?year=2026&org=630123                                             200 404 200 404 200 200 403 401
GET /changes?since=0&org=630123                                                       200 404 200 404 200 200 403 401
GET /narratives?year=2026&org=630123                                                  200 404 200 404 200 200 403 401
GET /narratives/texts?year=2026&org=630123                                            200 404 200 404 200 200 403 401
GET /narratives/texts/{id=text}                                                       200 404 200 404 200 200 403 401
POST /narratives/texts                                                                409 404 409 404 409 403 403 401
GET /exports/year-summary?year=2026&org=630123&format=csv                             200 404 200 404 200 200 403 401
GET /exports/narrative?year=2026&org=630123                                           200 404 200 404 200 200 403 401
GET /exports/cross?year=2026&org=630123&format=csv                                    200 404 200 404 200 200 403 401
GET /exports/layout?layout=annual&year=2026&org=630123&format=csv                     200 404 200 404 200 200 403 401
GET /exports/compare?of=org&a=630123&year=2026&format=csv                             200 404 200 404 200 200 403 401
GET /exports/card?card=months&year=2026&org=630123&format=csv                         200 404 200 404 200 200 403 401
GET /exports/ledger?org=630123&map=warm-winter-ledger                                 200 404 200 404 200 200 403 401
GET /allotments?year=2026&org=630123                                                  200 404 200 404 200 200 403 401
POST /allotments                                                                      403 403 403 403 201 403 403 401
POST /allotments/{id=allotment}/pass-down                                             403 404 409 404 409 403 403 401
POST /allotments/{id=allotment}/carry-over                                            403 404 403 404 200 403 403 401
GET /projects?year=2026&org=630123                                                    200 404 200 404 200 200 403 401
POST /projects                                                                        409 404 403 404 403 403 403 401
POST /projects/{id=project}/approve                                                   403 404 409 404 409 403 403 401
POST /projects/{id=project}/close                                                     403 404 409 404 409 403 403 401
POST /projects/{id=project}/void                                                      409 404 409 404 409 403 403 401
POST /allotments/{id=allotment}/void                                                  403 404 403 404 409 403 403 401
GET /calendar?year=2026&org=630123                                                    200 404 200 404 200 200 403 401
POST /calendar/nil                                                                    201 400 403 400 403 403 403 401
POST /calendar/nil/{id=nil}/withdraw                                                  409 404 403 404 403 403 403 401
GET /admin/expectations                                                               403 403 403 403 403 403 200 401
POST /admin/expectations                                                              403 403 403 403 403 403 201 401
PATCH /admin/expectations/{id=expectation}                                            403 403 403 403 403 403 409 401
GET /notices                                                                          200 200 200 200 200 200 403 401
POST /notices/read                                                                    201 201 201 201 201 201 403 401
GET /households?org=630123                                                            200 404 200 404 403 403 403 401
POST /households                                                                      201 404 403 404 403 403 403 401
POST /households/find                                                                 200 200 200 200 403 403 403 401
GET /households/sums?year=2026&org=630123                                             200 404 200 404 200 200 403 401
GET /households/{id=file}                                                             200 404 200 404 403 403 403 401
PATCH /households/{id=file}                                                           409 404 403 404 403 403 403 401
GET /households/{id=file}/aid                                                         200 404 200 404 403 403 403 401
POST /households/{id=file}/events                                                     409 404 403 404 403 403 403 401
GET /households/{id=file}/attachments                                                 200 404 200 404 403 403 403 401
POST /households/{id=file}/attachments                                                201 404 403 404 403 403 403 401
POST /households/{id=file}/reveal                                                     200 404 200 404 403 403 403 401
POST /households/import                                                               200 404 403 404 403 403 403 401
GET /households/export?org=630123&reason=check                                        200 404 403 404 403 403 403 401
GET /rights-requests                                                                  200 200 200 200 200 200 403 401
POST /rights-requests                                                                 400 404 403 404 400 403 403 401
POST /rights-requests/{id=right}/confirm                                              403 404 409 404 409 403 403 401
POST /rights-requests/{id=right}/decline                                              409 404 409 404 409 403 403 401
GET /admin/personal-data                                                              403 403 403 403 403 403 200 401
PATCH /admin/retention-rules/{kind=roster-lines}                                      403 403 403 403 403 403 409 401
GET /years                                                                            200 200 200 200 200 200 403 401
POST /years                                                                           403 403 403 403 409 403 403 401
POST /years/{year=2026}/close                                                         403 403 403 403 409 403 403 401
GET /years/{year=2026}                                                                200 200 200 200 200 200 403 401
POST /years/{year=2026}/reopen                                                        403 403 403 403 409 403 403 401
POST /years/{year=2026}/reopenings/{id=none}/confirm                                  404 404 404 404 404 404 403 401
POST /years/{year=2026}/reopenings/{id=none}/decline                                  404 404 404 404 404 404 403 401
GET /publications?year=2026                                                           200 200 200 200 200 200 403 401
POST /publications                                                                    403 403 403 403 409 403 403 401
POST /publications/{id=none}/withdraw                                                 403 403 403 403 404 403 403 401
GET /me                                                                               200 200 200 200 200 200 200 401
POST /me/password                                                                     400 400 400 400 400 400 400 401
GET /me/second-factor                                                                 200 200 200 200 200 200 200 401
POST /me/second-factor                                                                201 201 201 201 201 201 201 401
POST /me/second-factor/confirm                                                        400 400 400 400 400 400 400 401
POST /me/second-factor/recovery-codes                                                 409 409 409 409 409 409 409 401
POST /me/second-factor/remove                                                         409 409 409 409 409 409 409 401
POST /me/proof                                                                        400 400 400 400 400 400 400 401
GET /audit                                                                            200 200 200 200 200 200 200 401
GET /exports/audit                                                                    403 403 403 403 200 200 403 401
GET /admin/users                                                                      403 403 403 403 403 403 200 401
POST /admin/users                                                                     403 403 403 403 403 403 201 401
PATCH /admin/users/{id=user}                                                          403 403 403 403 403 403 409 401
POST /admin/users/{id=user}/password                                                  403 403 403 403 403 403 200 401
POST /admin/users/{id=user}/identities                                                403 403 403 403 403 403 400 401
POST /admin/users/{id=user}/identities/unlink                                         403 403 403 403 403 403 409 401
POST /admin/users/{id=user}/second-factor/lift                                        403 403 403 403 403 403 409 401
POST /admin/users/{id=user}/memberships                                               403 403 403 403 403 403 400 401
POST /admin/memberships/{id=none}/revoke                                              403 403 403 403 403 403 404 401
GET /admin/organisations                                                              403 403 403 403 403 403 200 401
POST /admin/organisations                                                             403 403 403 403 403 403 201 401
PATCH /admin/organisations/{code=golden-autumn}                                       403 403 403 403 403 403 404 401
GET /admin/sign-ins                                                                   403 403 403 403 403 403 200 401
GET /admin/programmes                                                                 403 403 403 403 403 403 200 401
POST /admin/programmes                                                                403 403 403 403 403 403 201 401
PATCH /admin/programmes/{code=golden-autumn}                                          403 403 403 403 403 403 409 401
GET /admin/requests                                                                   403 403 403 403 403 403 200 401
POST /admin/requests                                                                  403 403 403 403 403 403 201 401
POST /admin/requests/{id=none}/confirm                                                403 403 403 403 403 403 404 401
POST /admin/requests/{id=none}/decline                                                403 403 403 403 403 403 404 401
GET /admin/factor-rules                                                               403 403 403 403 403 403 200 401
PATCH /admin/factor-rules/{role=REVIEWER}                                             403 403 403 403 403 403 409 401
GET /admin/lists/{list=fund-sources}                                                  403 403 403 403 403 403 200 401
POST /admin/lists/{list=fund-sources}                                                 403 403 403 403 403 403 201 401
PATCH /admin/lists/{list=fund-sources}/{code=golden-autumn}                           403 403 403 403 403 403 404 401
GET /admin/campaigns                                                                  403 403 403 403 403 403 200 401
POST /admin/campaigns                                                                 403 403 403 403 403 403 201 401
PATCH /admin/campaigns/{code=golden-autumn}                                           403 403 403 403 403 403 404 401
GET /admin/approval-rules                                                             403 403 403 403 403 403 200 401
POST /admin/approval-rules                                                            403 403 403 403 403 403 201 401
PATCH /admin/approval-rules/{id=none}                                                 403 403 403 403 403 403 404 401
GET /admin/thresholds                                                                 403 403 403 403 403 403 200 401
POST /admin/thresholds                                                                403 403 403 403 403 403 400 401
PATCH /admin/thresholds/{id=none}                                                     403 403 403 403 403 403 404 401
GET /admin/workdays                                                                   200 200 200 200 200 200 200 401
PUT /admin/workdays/{year=2026}                                                       403 403 403 403 403 403 409 401
GET /admin/maps                                                                       200 200 200 200 200 200 200 401
POST /admin/maps                                                                      403 403 403 403 403 403 201 401
PATCH /admin/maps/{code=golden-autumn}                                                403 403 403 403 403 403 404 401
GET /admin/health                                                                     403 403 403 403 403 200 200 401
GET /packs?org=630123                                                                 200 404 200 404 200 200 403 401
POST /packs                                                                           201 404 201 404 201 201 403 401
GET /packs/{id=none}                                                                  404 404 404 404 404 404 403 401
POST /packs/{id=none}/regenerate                                                      404 404 404 404 404 404 403 401
GET /packs/{id=none}/files/{name=manifest.json}                                       404 404 404 404 404 404 403 401
GET /evidence-packs?org=630123                                                         200 404 200 404 200 200 403 401
POST /evidence-packs                                                                  403 404 403 404 201 201 403 401
GET /evidence-packs/{id=none}                                                         404 404 404 404 404 404 403 401
GET /evidence-packs/{id=none}/file                                                    404 404 404 404 404 404 403 401
GET /jobs                                                                             200 200 200 200 200 200 200 401
GET /jobs/{id=none}                                                                   404 404 404 404 404 404 404 401
POST /jobs                                                                            403 403 403 403 403 201 201 401
POST /jobs/{id=none}/cancel                                                           404 404 404 404 404 404 404 401
GET /jobs/{id=none}/files/{file=1}                                                    404 404 404 404 404 404 404 401
`;

type Wall = { name: string; params: Record<string, string>; query: string; statuses: number[] };

const walls = WALLS.trim()
  .split("\n")
  .map((line): Wall => {
    const [method, address = "", ...statuses] = line.split(/ +/);
    const [path = "", query] = address.split("?");
    const named = [...path.matchAll(/\{(\w+)=([\w.-]+)\}/g)];
    return {
      name: `${method} ${path.replaceAll(/=[\w.-]+/g, "")}`,
      params: Object.fromEntries(named.map(([, name = "", value = ""]) => [name, value])),
      query: query === undefined ? "" : `?${query}`,
      statuses: statuses.map(Number),
    };
  });

const byName = new Map(
  contracts.map((contract) => [`${contract.method} ${contract.path}`, contract]),
);
const people: Partial<Record<(typeof READERS)[number], TestPerson>> = {};
/** What the addresses of the list name, and the ids it has here. */
const ids: Record<string, string> = { none: "999999999", copy: crypto.randomUUID() };

const HOUSEHOLD = {
  ...{
    organisation: "630123",
    filedOn: "2026-03-01",
    tier: "deep",
    kind: "urban",
    level: "county",
  },
  ...{ cause: "illness", members: [{ relation: "self", name: "才让" }] },
};

/** Where the help page's example would be refused by everybody alike. */
const BODIES: Record<string, Record<string, unknown>> = {
  putWorkdays: { version: 0, source: "通知", restDays: [], workDays: [] },
  askPack: { year: 2026, org: "630123" },
  askEvidencePack: { year: 2026, org: "630123", sample: { size: 3, seed: "2026-1" } },
  createView: { page: "ledger", name: "本年", query: "year=2026" },
  createOrganisation: { code: "630123-G01", nameZh: "某厂工会", nameEn: "A plant's union", kind: "GRASS_ROOTS", parent: "630123" }, // prettier-ignore
  saveNarrativeText: { year: 2026, org: "630123", length: "long", latest: 0, source: null, text: { title: "简报", paragraphs: [{ head: null, pieces: ["全年平稳。"] }] } }, // prettier-ignore
  createHousehold: HOUSEHOLD,
  updateHousehold: { ...HOUSEHOLD, version: 1, organisation: undefined, filedOn: undefined, tier: undefined, code: "A-1" }, // prettier-ignore
  findHouseholds: { code: "A-1" },
  importHouseholds: { organisation: "630123", dry: true, households: [{ lines: [2], input: { ...HOUSEHOLD, organisation: undefined } }] }, // prettier-ignore
  addHouseholdEvent: { version: 1, kind: "visit", on: "2026-11-01" },
  revealHousehold: { fields: ["name"], reason: "visit" },
  askRights: { kind: "limit", organisation: "630123", file: "none", reason: "disputed", askedOn: "2026-11-01" }, // prettier-ignore
  declareNil: { ...(exampleBody("declareNil", {}) as object), programme: "love-breakfast" },
};

function bodyOf({ id, body }: Contract): unknown {
  if (!body) return undefined;
  const example = BODIES[id] ?? exampleBody(id, jsonSchemaOf(body, "input"));
  return typeof example === "object" && example !== null && "version" in example
    ? { ...example, version: 999 }
    : example;
}

async function upload({ id }: Contract) {
  const form = new FormData();
  form.set("organisation", "630123");
  form.set("kind", id === "addPaper" ? "identity" : "photo");
  const table = new File(["项目,金额（元）\n金秋助学,100\n"], "台账.csv");
  form.set("file", id === "addAttachment" || id === "addPaper" ? new File([new Uint8Array(await picture(3))], "照片.jpg") : table); // prettier-ignore
  const sent = new Response(form);
  return {
    body: new Uint8Array(await sent.arrayBuffer()),
    headers: { "content-type": sent.headers.get("content-type") ?? "" },
  };
}

async function ask(
  name: string,
  person: TestPerson | null,
  over: Partial<Wall> & { body?: unknown } = {},
) {
  const contract = byName.get(name);
  if (!contract) throw new Error(`no ${name}`);
  const { params = {}, query = "", body = bodyOf(contract) } = over;
  await actors.owner.query("DELETE FROM rate_buckets");
  return call(await handlerOf(contract), person, {
    method: contract.method,
    path: `/api/v1${contract.path}${query.replaceAll(/\{(\w+)\}/g, (_, id: string) => ids[id] ?? "")}`,
    params: Object.fromEntries(
      Object.entries(params).map(([key, value]) => [key, ids[value] ?? value]),
    ),
    ...(contract.consumes === undefined ? { body } : await upload(contract)),
  });
}

async function made(
  name: string,
  person: TestPerson,
  body?: Record<string, unknown>,
): Promise<string> {
  const answer = await ask(name, person, body && { body });
  expect(answer.status, `${name} ${JSON.stringify(answer.body)}`).toBe(201);
  return String(answer.body["id"]);
}

async function madeOf(name: string, person: TestPerson, params: Record<string, string>) {
  const answer = await ask(name, person, { params });
  expect(answer.status, `${name} ${JSON.stringify(answer.body)}`).toBe(201);
  return String(answer.body["id"]);
}

beforeAll(async () => {
  const [clerk, reviewer] = [await actors.clerk("630123"), await actors.reviewer("630100")];
  const [province, admin] = [await actors.province(), await actors.admin()];
  Object.assign(people, { clerk, reviewer, province, admin });
  people.neighbour = await actors.clerk("632222");
  people.elsewhere = await actors.reviewer("632200");
  people.auditor = await actors.auditor();
  ids["user"] = (await actors.clerk("630123")).userId;
  ids["draft"] = (await as(clerk).create()).id;
  ids["sent"] = (await as(clerk).submit(await as(clerk).create({ paidOn: "2026-08-29" }))).id;
  ids["approved"] = (await approvedRecord(clerk, reviewer)).id;
  ids["attachment"] = await madeOf("POST /disbursements/{id}/attachments", clerk, { id: "draft" });
  ids["view"] = await made("POST /views", clerk, { ...BODIES["createView"], name: "上年" });
  ids["layout"] = await made("POST /layouts", province, { layout: SHIPPED["cool-summer"] });
  ids["text"] = await made("POST /narratives/texts", clerk);
  ids["import"] = await made("POST /imports", clerk);
  ids["allotment"] = await made("POST /allotments", province);
  ids["file"] = await made("POST /households", clerk);
  const [file] = (await actors.owner.query<{ code: string }>("SELECT code FROM households")).rows;
  const right = { ...BODIES["askRights"], file: file?.code };
  ids["right"] = await made("POST /rights-requests", clerk, right);
  await ask("POST /rights-requests/{id}/decline", clerk, { params: { id: "right" }, body: {} });
  ids["project"] = await made("POST /projects", clerk);
  const summer = exampleBody("createExpectation", {}) as Record<string, unknown>;
  for (const programme of ["love-breakfast", "cool-summer"])
    ids["expectation"] = await made("POST /admin/expectations", admin, { ...summer, programme });
  const nil = { ...(exampleBody("declareNil", {}) as object), programme: "cool-summer" };
  ids["nil"] = await made("POST /calendar/nil", clerk, nil);
  const copy = { ...(exampleBody("saveWorkingCopy", {}) as object), version: 0 };
  await ask("PUT /working-copies/{id}", clerk, { params: { id: "copy" }, body: copy });
});

test("the list has every route of the API, once", () => {
  expect(walls.map(({ name }) => name).sort()).toEqual([...byName.keys()].sort());
});

test.each(walls.map((wall, at) => ({ at, ...wall })))("$name ($at)", async (wall) => {
  const statuses: number[] = [];
  // whose it is comes last: a view that is gone would be nobody's
  for (const reader of [...READERS].reverse()) {
    const answer = await ask(wall.name, people[reader] ?? null, wall);
    statuses.unshift(answer.status);
    if (reader === "neighbour" || reader === "elsewhere")
      expect(JSON.stringify(answer.body), reader).not.toContain("630123-2026-");
  }
  expect(statuses).toEqual(wall.statuses);
});
