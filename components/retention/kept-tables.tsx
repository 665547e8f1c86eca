import { useTranslations } from "next-intl";
import { FigureTable } from "@/components/table/figure-table";
import { Card } from "@/components/ui/card";
import { wholeText } from "@/lib/kernel/written";
import type { PersonalData } from "@/lib/features/retention/types";

/** What is read in words keeps room for them: on a telephone the table is moved sideways. */
const WIDTHS: Partial<Record<string, string>> = {
  table: "7em",
  fields: "11em",
  ground: "18em",
  seen: "11em",
};

/** Every table of the code's own list has its words: a test holds them against it. */
type Word = "roster_lines";

/** What of a person is kept, on which ground, and who may see it; how many rows, and how many are emptied. */
export function KeptTables({ tables }: { tables: PersonalData["tables"] }) {
  const t = useTranslations("personalData.tables");
  const separator = useTranslations("households.file")("separator");
  const columns = ["table", "fields", "ground", "seen", "kept", "forgotten"] as const;
  return (
    <Card title={t("title")} note={t("lead")}>
      <FigureTable
        caption={t("title")}
        framed={false}
        columns={columns.map((id) => ({
          id,
          header: t(`column.${id}`),
          width: WIDTHS[id],
          align: id === "kept" || id === "forgotten" ? ("end" as const) : ("start" as const),
        }))}
        rows={tables.map(({ table, fields, kept, forgotten }) => ({
          key: table,
          cells: [
            t(`name.${table as Word}`),
            fields.map((field) => t(`field.${field as "name"}`)).join(separator),
            t(`ground.${table as Word}`),
            t(`seen.${table as Word}`),
            wholeText(kept),
            wholeText(forgotten),
          ],
        }))}
      />
    </Card>
  );
}
