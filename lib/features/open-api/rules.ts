type Json = Record<string, unknown>;

const ONE_OF = ["anyOf", "oneOf", "allOf"] as const;

function choices(schema: Json): Json[] {
  for (const key of ONE_OF) if (Array.isArray(schema[key])) return schema[key] as Json[];
  return [];
}

/** A type in a word or two: "integer 1–200", "string[]", "draft | submitted". */
export function typeWords(schema: Json): string {
  if (Array.isArray(schema["enum"])) return schema["enum"].map(String).join(" | ");
  if (schema["const"] !== undefined) return JSON.stringify(schema["const"]);
  const options = choices(schema);
  if (options.length > 0) return [...new Set(options.map(typeWords))].join(" | ");
  if (schema["type"] === "array") {
    const items = typeWords((schema["items"] ?? {}) as Json);
    return items.includes(" | ") ? `(${items})[]` : `${items}[]`;
  }
  const { minimum, maximum } = schema as { minimum?: number; maximum?: number };
  const bounded = minimum !== undefined && maximum !== undefined && maximum < 1e9;
  return `${String(schema["type"] ?? "any")}${bounded ? ` ${minimum}–${maximum}` : ""}`;
}

const KNOWN: Record<string, unknown> = {
  organisation: "630123",
  parent: "630123",
  programme: "golden-autumn",
  aidCategory: "education",
  recipientKind: "needy-worker-children",
  fundSource: "county-union",
  form: "transfer",
  fiscalYear: 2026,
  year: 2026,
  version: 1,
  username: "clerk.huangyuan",
  nameZh: "马春梅",
  nameEn: "Ma Chunmei",
  code: "630123-G01",
};

const AUTUMN = {
  programme: "golden-autumn",
  aidCategory: "education",
  recipientKind: "needy-worker-children",
  form: "transfer",
  paidOn: "2026-08-28",
  amountFen: "15390000",
  counts: { households: 21 },
  shares: [
    { fundSource: "provincial-treasury", amountFen: "10000000" },
    { fundSource: "county-union", amountFen: "5390000" },
  ],
};

const FORM = {
  schema: 1,
  title: { zh: "夏送清凉进度表", en: "Cool Summer so far" },
  rows: "organisation",
  blocks: [
    { name: { zh: "合计", en: "Total" }, axis: null, measures: ["amountFen", "persons"] },
    { name: { zh: "资金来源", en: "Fund source" }, axis: "fundSource", measures: ["amountFen"] },
  ],
  filter: { seasons: ["summer"] },
};

/** Where the required fields alone would teach too little. */
const EXAMPLES: Record<string, unknown> = {
  createLayout: { layout: FORM },
  updateLayout: { version: 1, layout: FORM },
  createDisbursement: { organisation: "630123", ...AUTUMN },
  updateDisbursement: { version: 1, paidOn: "2026-08-29", note: null },
  createDisbursementSet: { rows: [{ organisation: "630123", ...AUTUMN }] },
  checkDisbursementSet: { rows: [{ organisation: "630123", ...AUTUMN }] },
  submitDisbursement: { version: 1, answers: [] },
  revealRoster: {
    fields: ["name", "phone"],
    lines: [3],
    reason: { code: "complaint", words: "信访件核实" },
  },
  requestReveal: {
    fields: ["name", "account"],
    reason: { code: "audit", words: "审计抽查，核对整份名单" },
  },
  submitDisbursementSet: { items: [{ id: "42", version: 1, answers: [] }] },
  saveWorkingCopy: {
    version: 0,
    kind: "disbursement",
    title: "金秋助学 · 约30万",
    subject: null,
    baseVersion: null,
    edits: 12,
    body: { values: { amount: "约30" } },
  },
  createProject: {
    ...{ organisation: "630123", fiscalYear: 2026, name: "2026 年困难职工帮扶" },
    ...{
      fundSource: "provincial-treasury",
      programmes: ["golden-autumn"],
      declaredFen: "61580000",
    },
  },
  createImport: { organisation: "630123", programme: "golden-autumn", file: "ledger.xlsx" },
  mapImport: {
    headerRow: 3,
    columns: ["programme", "amount", "paidOn", null],
    units: [null, "wan", null, null],
    constants: { fundSource1: "county-union" },
  },
  adjustDisbursement: {
    version: 3,
    reason: "amount-wrong",
    words: "漏记一户",
    replacement: { ...AUTUMN, counts: { households: 22 } },
  },
  createAdminRequest: {
    kind: "open-account",
    username: "auditor.qinghai",
    nameZh: "马春梅",
    nameEn: "Ma Chunmei",
    membership: { role: "AUDITOR", organisation: "630000" },
  },
  createExportMap: {
    code: "county-table",
    nameZh: "县级慰问统计表",
    nameEn: "County table",
    headings: ["序号", "项目", "发放日期", "户数", "金额（万元）", "资金来源", "经办人"],
  },
  unlinkIdentity: { version: 2, issuer: "https://id.example.cn", subject: "zhang.san" },
  updateUser: { version: 1, active: false },
  updateOrganisation: { version: 1, nameZh: "湟源县总工会" },
  createProgramme: {
    code: "night-breakfast",
    nameZh: "夜班早餐",
    nameEn: "Night Breakfast",
    season: "breakfast",
    mainUnit: "persons",
    allowedForms: ["goods"],
    defaultForm: "goods",
    defaultAidCategory: "education",
    defaultRecipientKind: "needy-worker-children",
  },
  createReferenceItem: { code: "bus-fares", nameZh: "交通补助", nameEn: "Bus Fares" },
  createCampaign: {
    code: "spring-2027",
    nameZh: "2027 年春风行动",
    nameEn: "Spring 2027",
    organisation: "630000",
    programme: "golden-autumn",
    startsOn: "2026-12-01",
    endsOn: "2027-03-31",
  },
  declareNil: {
    organisation: "630123",
    programme: "golden-autumn",
    periodFrom: "2026-08-01",
    periodTo: "2026-09-30",
    reason: "nobody-to-aid",
  },
  createExpectation: {
    programme: "golden-autumn",
    organisation: "630000",
    owedBy: "COUNTY",
    when: { repeats: "yearly", from: "08-01", to: "09-30", due: "10-15" },
    firstYear: 2026,
    lastYear: null,
    source: "省总工会文件",
  },
  updateProgramme: { version: 1, seasonMonths: [7, 8, 9] },
};

/** A body that could be sent: the required fields. */
function exampleOf(schema: Json, name = ""): unknown {
  if (name in KNOWN) return KNOWN[name];
  if (Array.isArray(schema["examples"])) return schema["examples"][0];
  if (Array.isArray(schema["enum"])) return schema["enum"][0];
  const real = choices(schema).find((option) => option["type"] !== "null");
  if (real) return exampleOf(real, name);
  if (schema["type"] === "object") {
    const properties = (schema["properties"] ?? {}) as Record<string, Json>;
    const required = (schema["required"] ?? []) as string[];
    return Object.fromEntries(required.map((key) => [key, exampleOf(properties[key] ?? {}, key)]));
  }
  if (schema["type"] === "array") return [exampleOf((schema["items"] ?? {}) as Json)];
  if (schema["type"] === "integer" || schema["type"] === "number") return 1;
  if (schema["type"] === "boolean") return true;
  return "…";
}

export function exampleBody(id: string, schema: Json): unknown {
  return EXAMPLES[id] ?? exampleOf(schema);
}
