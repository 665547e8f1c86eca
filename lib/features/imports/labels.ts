import type { Locale } from "@/lib/kernel/preferences";
import { EXAMPLE_MARK } from "./rules";

/** What stands in the workbooks that people fill in and get back. */
export function importFileWords(locale: Locale) {
  return WORDS[locale];
}

const WORDS = {
  "zh-CN": {
    lineNumber: "行号",
    reason: "原因",
    sheet: "填报",
    help: "填表说明",
    choices: "选项",
    template: (programme: string) => `暖账导入模板_${programme}`,
    rejected: "待改正的行",
    between: "；",
    example: {
      mark: EXAMPLE_MARK["zh-CN"],
      note: "这一行是示例，不会导入，可以删去",
      reference: "示例",
    },
    hints: {
      lineNumber: "新填的行留空。退回改正的行，请保留原来的行号。",
      day: "发放日期写到日，例如 2026-08-28 或 2026年8月28日。跨一段时间的，不填发放日期，填起始日期和截止日期。",
      money: "单位是元。也可以写成 61.58万。",
      count: "只写数字。不清楚的留空，确实没有的写 0。",
      source: "只有一个资金来源时，不用填它的金额。",
      choice: "从下拉列表中选，也可以直接写名称。",
      text: "",
    },
    guide: (programme: string) => [
      `项目：${programme}。一行是一笔发放，存入系统后是草稿，还要上报和审核。`,
      "表头的名称和单位请不要改；不需要的列可以删去，列的先后可以调换。",
      "标“示例”的一行不会导入。",
      "下拉列表来自系统里现行的名称；也可以写代码、简称或英文名。",
      "金额单位是元，也可以写成 61.58万。写“约30万元”的，系统按约数记。",
      "有几个资金来源的，依次填资金来源、资金来源2……，并填金额2（元）……；第一个来源记其余的金额。",
      "单价、数量、次数都填了，金额可以不填。",
      "合计行不会导入，请不要把合计写在数据行里。",
      "同一个文件导入两次，不会记两遍；完全相同的两行会都导入，并提示您核对。",
      "有问题的行可以下载，改正后把那个文件再导入，请保留“行号”一列。",
    ],
  },
  en: {
    lineNumber: "Row number",
    reason: "Reason",
    sheet: "Rows",
    help: "How to fill it in",
    choices: "Choices",
    template: (programme: string) => `Nuanzhang_template_${programme}`,
    rejected: "Rows to correct",
    between: "; ",
    example: {
      mark: EXAMPLE_MARK.en,
      note: "This row is an example. It is never imported and may be deleted",
      reference: "Example",
    },
    hints: {
      lineNumber:
        "Leave it empty in new rows. Keep it in rows that were given back to be corrected.",
      day: "A day, such as 2026-08-28. For a span of time leave it empty and fill in from and to.",
      money: "In yuan; 61.58万 is read as well.",
      count: "Digits alone. Leave empty what is not known, write 0 where there was none.",
      source: "Where there is one source, its amount may stay empty.",
      choice: "Choose from the list, or write the name.",
      text: "",
    },
    guide: (programme: string) => [
      `Programme: ${programme}. A row is one payment; it becomes a draft, which is still to be submitted and approved.`,
      "Leave the names and units of the columns as they are; columns you do not need may go, and their order may change.",
      "The row marked “Example” is never imported.",
      "The lists hold the names in use; codes, short names and Chinese names are read as well.",
      "Amounts are in yuan; 61.58万 is read as well. “约30万元” is kept as an estimate.",
      "Of several sources fill in Fund source, Fund source 2 and so on, with Amount 2 (yuan) and so on; the first takes the rest.",
      "Where unit price, quantity and times are given, the amount may stay empty.",
      "A row of totals is not imported; do not write totals into rows of data.",
      "The same file brought in twice is not counted twice; two rows that are the same both come in, and you are told.",
      "Rows with a problem can be downloaded, corrected and brought in again; keep their Row number.",
    ],
  },
} as const;
