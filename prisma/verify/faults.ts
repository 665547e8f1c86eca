// Each kind of tampering by name, in a sentence of each language.

const sentences = {
  "entries-gone": (v) => [
    `审计链是空的，库里却有 ${v["count"]} 条记录：条目被删除了`,
    `the audit chain is empty though there are ${v["count"]} records: its entries were deleted`,
  ],
  gap: (v) => [
    `第 ${v["position"]} 条之前缺了条目或次序不对`,
    `before entry ${v["position"]} an entry is missing or out of order`,
  ],
  link: (v) => [
    `第 ${v["position"]} 条与上一条接不上：前面的条目被改写或换过`,
    `entry ${v["position"]} does not link to the one before it: what precedes it was rewritten or exchanged`,
  ],
  hash: (v) => [
    `第 ${v["position"]} 条的内容被改过`,
    `the content of entry ${v["position"]} was changed`,
  ],
  time: (v) => [
    `第 ${v["position"]} 条的时间早于上一条`,
    `entry ${v["position"]} is earlier than the one before it`,
  ],
  "action-unknown": (v) => [
    `第 ${v["position"]} 条的动作“${v["action"]}”不是本系统会写的`,
    `entry ${v["position"]} tells of “${v["action"]}”, which this system never writes`,
  ],
  "tail-cut": (v) => [
    `链只到第 ${v["size"]} 条，台账里却有第 ${v["position"]} 条：末尾被截去`,
    `the chain ends at entry ${v["size"]} but the ledger names entry ${v["position"]}: its end was cut off`,
  ],
  "record-unknown": (v) => [
    `记录 ${v["id"]} 在审计链上没有任何条目：未经系统写入`,
    `record ${v["id"]} has no entry in the chain: it was not written by the system`,
  ],
  "record-deleted": (v) => [
    `记录 ${v["id"]} 有审计条目（最后为第 ${v["position"]} 条），记录本身被删除了`,
    `record ${v["id"]} has audit entries (the last is ${v["position"]}) but was itself deleted`,
  ],
  "record-amount": (v) => [
    `记录 ${v["id"]} 的金额被改：链上为 ${v["said"]}，现为 ${v["now"]}`,
    `the amount of record ${v["id"]} was changed: the chain says ${v["said"]}, it is now ${v["now"]}`,
  ],
  "record-step": (v) => [
    `记录 ${v["id"]} 的${v["step"]}人被换：链上为 ${v["said"]}，现为 ${v["now"]}`,
    `who took the step ${v["step"]} on record ${v["id"]} was swapped: the chain says ${v["said"]}, it is now ${v["now"]}`,
  ],
  "record-changed": (v) => [
    `记录 ${v["id"]} 的内容（字段、资金来源、步骤、答复或更正）与第 ${v["position"]} 条所记不符`,
    `record ${v["id"]} (fields, shares, steps, answers or corrections) is not what entry ${v["position"]} fixed`,
  ],
  "record-shares": (v) => [
    `记录 ${v["id"]} 的资金来源之和不等于金额`,
    `the shares of record ${v["id"]} do not sum to its amount`,
  ],
  "entry-forged": (v) => [
    `记录 ${v["id"]} 的条目多于它的变动：有条目是伪造的（最后为第 ${v["position"]} 条）`,
    `record ${v["id"]} has more entries than changes: one was forged (the last is ${v["position"]})`,
  ],
  "step-forged": (v) => [
    `记录 ${v["id"]} 的步骤“${v["step"]}”只在${v["where"] === "chain" ? "链上" : "库里"}有，由 ${v["who"]} 作出：一方是伪造的`,
    `the step ${v["step"]} by ${v["who"]} on record ${v["id"]} stands in the ${v["where"]} alone: one of the two was forged`,
  ],
  "ledger-differs": (v) => [
    `记录 ${v["id"]} 已审核与否，与它在台账中的位次不符`,
    `whether record ${v["id"]} is approved differs from its place in the ledger`,
  ],
  "subject-changed": (v) => [
    `${v["type"]} ${v["id"]} 与第 ${v["position"]} 条所记不符：被改过`,
    `${v["type"]} ${v["id"]} is not what entry ${v["position"]} fixed: it was changed`,
  ],
  "subject-deleted": (v) => [
    `${v["type"]} ${v["id"]} 有审计条目（最后为第 ${v["position"]} 条），本身被删除了`,
    `${v["type"]} ${v["id"]} has audit entries (the last is ${v["position"]}) but was itself deleted`,
  ],
  "allotment-unknown": (v) => [
    `到位资金 ${v["id"]} 在审计链上没有任何条目：未经系统写入`,
    `allotment ${v["id"]} has no entry in the chain: it was not written by the system`,
  ],
  "year-altered": (v) => [
    `${v["id"]} 年度关账后被改过：关账时的数字与第 ${v["position"]} 条所记不符`,
    `the year ${v["id"]} was altered after its closing: its figures are not those entry ${v["position"]} fixed`,
  ],
  "year-frozen-otherwise": (v) => [
    `${v["id"]} 年度关账时冻结的数字与记录不符：${v["cell"]} 冻结为 ${v["frozen"]}，按记录为 ${v["counted"]}`,
    `what the year ${v["id"]} froze at its closing is not what its records give: ${v["cell"]} is frozen as ${v["frozen"]}, the records give ${v["counted"]}`,
  ],
  "year-closed-unseen": (v) => [
    `${v["id"]} 年度有一次关账在链上没有相应条目`,
    `a closing of the year ${v["id"]} has no entry in the chain`,
  ],
  "year-entered-late": (v) => [
    `记录 ${v["record"]} 在 ${v["id"]} 年度关账（第 ${v["position"]} 条）之后入账`,
    `record ${v["record"]} entered the year ${v["id"]} after its closing (entry ${v["position"]})`,
  ],
  "figures-differ": (v) => [
    `汇总数与记录不符：${v["cell"]}`,
    `a rollup differs from the records: ${v["cell"]}`,
  ],
  "guard-off": (v) => [
    `表 ${v["table"]} 的保护 ${v["trigger"]} 被关掉或去掉了`,
    `the guard ${v["trigger"]} of table ${v["table"]} is switched off or gone`,
  ],
  "checkpoint-beyond": (v) => [
    `${v["which"]}记到第 ${v["position"]} 条，链只有 ${v["size"]} 条：末尾被截去`,
    `${v["which"]} tells of entry ${v["position"]} but the chain ends at ${v["size"]}: its end was cut off`,
  ],
  "checkpoint-head": (v) => [
    `${v["which"]}所记第 ${v["position"]} 条的哈希不在链上：链被重写过`,
    `the hash of entry ${v["position"]} in ${v["which"]} is not on the chain: the chain was rewritten`,
  ],
  "checkpoint-figures": (v) => [
    `${v["which"]}（第 ${v["position"]} 条）之前入账的数字后来被改过`,
    `figures that had entered the ledger before ${v["which"]} (entry ${v["position"]}) were changed since`,
  ],
  "checkpoint-altered": (v) => [
    `${v["which"]}与它签过的文字不符：库里的核验点被改过`,
    `${v["which"]} is not what was signed: the kept checkpoint was changed`,
  ],
  "checkpoint-signature": (v) => [
    `${v["which"]}不是由这把公钥签的，或文字在签名之后被改过`,
    `${v["which"]} was not signed by this key, or was changed after it was signed`,
  ],
  "checkpoint-origin": (v) => [
    `${v["which"]}属于 ${v["origin"]}，这个库里没有它的链`,
    `${v["which"]} belongs to ${v["origin"]}, whose chain is not in this database`,
  ],
} satisfies Record<string, (values: Values) => [zh: string, en: string]>;

type Values = Readonly<Record<string, string>>;
export type FaultKind = keyof typeof sentences;
export type Fault = { kind: FaultKind; values: Values };

export const fault = (
  kind: FaultKind,
  values: Record<string, string | number | bigint> = {},
): Fault => ({
  kind,
  values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)])),
});

export function sentenceOf({ kind, values }: Fault): string {
  const [zh, en] = sentences[kind](values);
  return `${zh}。\n  ${en}.`;
}

export const QUESTIONS = {
  "no-checkpoint":
    "没有给出从前的核验点（--checkpoint 文件）：末尾被截去、或整条链连同库内核验点一并重写，看不出来。\n  no earlier checkpoint was given (--checkpoint FILE): an end cut off, or a chain rewritten together with the checkpoints kept here, would not be seen.",
  "no-key":
    "没有给出公钥（--public-key）：核验点的签名没有核对。\n  no public key was given (--public-key): the signatures of checkpoints were not checked.",
  "own-key":
    "没有给出公钥（--public-key）：签名是按本机自己的密钥核对的，掌握服务器的人可以重签。\n  no public key was given (--public-key): signatures were checked by this installation's own key, and whoever holds the server can sign anew.",
  "before-the-chain": (count: number) =>
    `有 ${count} 条记录是整批装入的，在链之前：链不为它们作证。\n  ${count} records were loaded in bulk, before the chain: it does not vouch for them.`,
  "after-the-last": (count: number) =>
    `最后一个核验点之后有 ${count} 条条目：其中登录、导出一类不对应任何行的条目，若由掌握数据库的人添加，看不出来。\n  ${count} entries follow the last checkpoint: among them one that changes no row (a session, an export), added by whoever holds the database, would not be seen.`,
} as const;
