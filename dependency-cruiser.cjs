// Who may import whom (docs/architecture.md has the picture). One named rule per arrow, each with its reason.
// A layer may import exactly what its rule lists; everything else of ours is closed to it.
const TEST = "[.](test|db[.]test)[.](ts|tsx)$";
const KERNEL = "^lib/kernel/";
const PLATFORM = "^lib/platform/";
const BROWSER = "^lib/browser/";
const I18N = "^lib/i18n/";
const PURE =
  "^lib/features/[^/]+/(types|schema|workflow|policy|rules|labels|present|paper|address|client)[.]ts$";
const BROWSER_SIDE =
  "^lib/features/(?!open-api/)[^/]+/(types|workflow|policy|rules|labels|present|paper|address|client)[.]ts$";
const QUERIES = "^lib/features/[^/]+/queries[.]ts$";
const COMMANDS = "^lib/features/[^/]+/commands[.]ts$";
const STATEMENTS = "^lib/features/[^/]+/statements[.]ts$";
const LOADERS = "^lib/features/[^/]+/loaders[.]ts$";
const KIT = "^components/(ui|form|table|chart|map|shell|command)/";
const FEATURE_UI = "^components/(?!(ui|form|table|chart|map|shell|command)/)";
const PAGES = "^app/(?!api/|[.]well-known/)";
const ROUTES = "^app/(api|[.]well-known)/";
const PRISMA = "^generated/prisma/";
const PRISMA_PACKAGES = "node_modules/(@prisma/|prisma/|pg/)";
const OURS = "^(app|components|lib|testing|prisma|e2e|bench|generated)/";
const STYLES = "[.]css$";

/** Where each feature stands: it may use what stands on a lower floor, never a neighbour or a floor above. */
const FLOORS = [
  ["reference", "help", "positions", "suppression"],
  ["received", "filter", "checks"],
  ["cells"],
  ["figures", "audit", "session", "admin", "catalogue", "jobs", "working-copies", "comparisons"],
  [
    "findings",
    "admin-requests",
    "factor-rules",
    "search",
    "calendar",
    "changes",
    "map",
    "workdays",
  ],
  ["disbursements", "allotments", "projects", "years", "campaigns"],
  [
    "steps",
    "ledger",
    "summary",
    "narratives",
    "dashboard",
    "entry",
    "year-end",
    "rosters",
    "households",
  ],
  [
    "rows",
    "payments",
    "papers",
    "reveals",
    "rights",
    "household-lists",
    "household-aid",
    "attachments",
  ],
  ["export-maps"],
  ["files", "review", "imports", "notices", "narrative-texts", "publications"],
  [
    "keys",
    "stored-files",
    "workbench",
    "health",
    "card-files",
    "narrative-files",
    "import-work",
    "grid",
  ],
  ["cross", "compare", "retention"],
  ["pack-files", "views", "layouts"],
  ["packs", "evidence-packs", "frozen"],
  ["open-api"],
];

/** @param {string} name @param {string} why @param {object} from @param {object} to */
const error = (name, why, from, to) => ({ name, comment: why, severity: "error", from, to });
/** @param {string} name @param {string} why @param {string} path @param {string[]} mayImport */
const layer = (name, why, path, mayImport) =>
  error(name, why, { path, pathNot: TEST }, { path: OURS, pathNot: mayImport });

const floorRules = FLOORS.map((features, floor) => {
  const below = FLOORS.slice(0, floor).flat();
  return error(
    `floor-${floor}-stands-on-those-below`,
    "An arrow up, or between neighbours, is a name in the wrong room: move the name down.",
    { path: `^lib/features/(${features.join("|")})/`, pathNot: TEST },
    {
      path: "^lib/features/",
      pathNot: [
        "^lib/features/$1/",
        ...(below.length ? [`^lib/features/(${below.join("|")})/`] : []),
      ],
    },
  );
});

module.exports = {
  forbidden: [
    ...floorRules,
    error(
      "no-cycles",
      "A cycle has no bottom: neither side can be read, tested or moved alone. Types count.",
      {},
      { circular: true },
    ),
    layer(
      "kernel-is-the-floor",
      "Values and laws: no IO, no framework, no clock; everything may stand on them.",
      KERNEL,
      [KERNEL],
    ),
    layer(
      "platform-knows-no-domain",
      "The outside world, behind few doors; a domain in it would be reached from everywhere.",
      PLATFORM,
      [KERNEL, PLATFORM, PRISMA, "^lib/i18n/"],
    ),
    layer(
      "pure-stays-pure",
      "Runs in the browser, the server and a test alike, so it knows only values.",
      PURE,
      // client.ts wraps the browser's API client, or its sending of large files
      [KERNEL, PURE, "^lib/browser/(api-client|upload)[.]ts$"],
    ),
    layer(
      "browser-knows-no-domain",
      "Runs where a person sits: what it needs of the server it asks for over the API.",
      BROWSER,
      [KERNEL, BROWSER],
    ),
    error(
      "browser-carries-no-schema",
      "zod weighs 60 kB on every page; the browser needs a contract's address, and its types cost nothing.",
      { path: [BROWSER_SIDE, FEATURE_UI, BROWSER], pathNot: [TEST] },
      {
        path: "^lib/features/[^/]+/schema[.]ts$|^lib/kernel/(wire|file-format)[.]ts$|node_modules/zod/",
        dependencyTypesNot: ["type-only"],
      },
    ),
    layer(
      "queries-read",
      "Reads take { db, scope } and return our types; never the request, never a command.",
      QUERIES,
      [KERNEL, PLATFORM, PURE, QUERIES, PRISMA],
    ),
    error(
      "commands-write-their-own-noun",
      "One actor, one transaction, one audit entry: another feature's command would open a second.",
      { path: "^lib/features/([^/]+)/commands[.]ts$" },
      {
        path: OURS,
        pathNot: [
          KERNEL,
          PLATFORM,
          PURE,
          QUERIES,
          PRISMA,
          "^lib/features/$1/(commands|statements)[.]ts$",
        ],
      },
    ),
    layer(
      "statements-only-write",
      "The SQL that writes a noun's rows: what may be written is decided before it is called.",
      STATEMENTS,
      [KERNEL, PLATFORM, PURE, QUERIES, PRISMA],
    ),
    error(
      "statements-serve-commands",
      "They ask nobody for permission: whoever else called them would write past every decision.",
      { pathNot: [COMMANDS, TEST] },
      { path: STATEMENTS },
    ),
    layer(
      "loaders-gate-reads",
      "Session → scope → query, cached per request: the only reads a page may call.",
      LOADERS,
      [KERNEL, PLATFORM, PURE, QUERIES, LOADERS, I18N],
    ),
    layer("kit-knows-no-domain", "The kit could ship in another product.", KIT, [
      KERNEL,
      KIT,
      STYLES,
      BROWSER,
      "^lib/i18n/preferences[.]ts$",
    ]),
    layer(
      "feature-ui-never-reads",
      "Data arrives as props or through client; writes leave through client.",
      FEATURE_UI,
      [KERNEL, PURE, BROWSER, "^components/", I18N],
    ),
    layer("pages-are-adapters", "A page loads, composes, returns.", PAGES, [
      KERNEL,
      PURE,
      LOADERS,
      I18N,
      "^components/",
      PAGES,
      "^lib/platform/session[.]ts$",
    ]),
    layer(
      "routes-are-adapters",
      "The one door for writes: contract and handler; no redirects, so no loaders.",
      ROUTES,
      [KERNEL, PLATFORM, PURE, QUERIES, COMMANDS, ROUTES],
    ),
    error(
      "prisma-has-few-doors",
      "A query written anywhere else escapes the session's transaction and its scope.",
      {
        pathNot: [
          "^lib/platform/",
          QUERIES,
          COMMANDS,
          STATEMENTS,
          "^(prisma|generated|e2e|bench)/",
          "^testing/",
          TEST,
        ],
      },
      { path: `${PRISMA}|${PRISMA_PACKAGES}` },
    ),
    error(
      "sign-in-has-one-door",
      "Its login may become anybody: whoever can import it can open a session without a password.",
      { pathNot: ["^lib/platform/(sign-in|second-factor|lifecycle)[.]ts$", "^testing/", TEST] },
      { path: "^lib/platform/sign-in-db[.]ts$" },
    ),
    error(
      "pool-has-few-doors",
      "A connection taken past readAs and writeAs belongs to nobody's session.",
      { pathNot: ["^lib/platform/(db|guard|tables|readiness)[.]ts$", TEST] },
      { path: "^lib/platform/pool[.]ts$" },
    ),
    error(
      "guard-is-called-outside-transactions",
      "It takes a connection of its own: called by a command, ten of them would wait for one another.",
      {
        pathNot: [
          "^lib/platform/(key-check|lifecycle|rate-limit|session|sign-in)[.]ts$",
          "^lib/features/session/loaders[.]ts$",
          "^prisma/",
          TEST,
        ],
      },
      { path: "^lib/platform/guard[.]ts$" },
    ),
    error(
      "scope-is-minted-once",
      "Out of the database's own answer about the session: a second mint would be a way round it.",
      { pathNot: ["^lib/platform/db[.]ts$"] },
      { path: "^lib/platform/mint-scope[.]ts$" },
    ),
    error(
      "entries-tell-of-writes",
      "Whoever writes, or hands a file out, says so in the chain; nobody else has anything to say there.",
      { pathNot: [COMMANDS, "^lib/platform/route[.]ts$", "^prisma/seed/", TEST] },
      { path: "^lib/platform/audit[.]ts$", dependencyTypesNot: ["type-only"] },
    ),
    error(
      "request-stays-at-the-edge",
      "next/* is known to pages, routes, loaders, platform and i18n; a law that knows the request can't be tested without one.",
      { path: "^lib/", pathNot: [LOADERS, PLATFORM, I18N, TEST] },
      { path: "(^|/)node_modules/next(-auth)?/" },
    ),
    error(
      "test-helpers-stay-in-tests",
      "Factories and the database harness must never reach production.",
      { pathNot: [TEST, "^testing/", "^e2e/", "^bench/"] },
      { path: "^testing/" },
    ),
    error(
      "worker-has-one-door",
      "Its connections may act for whoever asked for a job: opened anywhere else, that would be anybody's to use.",
      { pathNot: ["^lib/platform/worker(-db)?[.]ts$", TEST] },
      { path: "^lib/platform/worker-db[.]ts$" },
    ),
    error(
      "public-has-one-door",
      "What everybody may read comes over a login that can read nothing else, and over no other.",
      {
        pathNot: [
          "^lib/platform/lifecycle[.]ts$",
          "^lib/features/publications/loaders[.]ts$",
          "^testing/",
          TEST,
        ],
      },
      { path: "^lib/platform/public-db[.]ts$" },
    ),
    error(
      "no-unlisted-package",
      "A package that is only there because another one brought it can vanish with that one.",
      { path: OURS, pathNot: "^generated/" },
      { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    // doNotFollow, not exclude: an excluded node_modules would silence the rules about next and Prisma
    doNotFollow: { path: ["node_modules", "^generated/"] },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
