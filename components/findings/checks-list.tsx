import { useTranslations } from "next-intl";
import type { CSSProperties } from "react";
import { FigureTable } from "@/components/table/figure-table";
import { Badge } from "@/components/ui/badge";
import { CHECK_ORDER, CHECKS } from "@/lib/features/checks/labels";
import { FINDING_TONE } from "@/lib/features/findings/labels";

/** Every check in words: what it looks at, what follows where it finds something, and which limits steer it. */
export function ChecksList() {
  const t = useTranslations("findings");
  const labels = useTranslations("labels");
  const separator = useTranslations("dashboard")("separator");
  return (
    <section
      className="stack"
      aria-label={t("checks.title")}
      // the whole list stands open: nothing of it is behind a bar
      style={{ "--whole-rows": "none" } as CSSProperties}
    >
      <h2>{t("checks.title")}</h2>
      <p className="quiet">{t("checks.lead")}</p>
      <FigureTable
        caption={t("checks.title")}
        columns={(["rule", "means", "level", "limits"] as const).map((id) => ({
          id,
          header: t(`checks.${id}`),
          width: id === "rule" ? "9em" : undefined,
        }))}
        rows={CHECK_ORDER.map((rule) => {
          const { level, thresholds } = CHECKS[rule];
          return {
            key: rule,
            cells: [
              t(`rule.${rule}.name`),
              t(`rule.${rule}.means`),
              <Badge key="level" tone={FINDING_TONE[level]}>
                {t(`checks.levels.${level}`)}
              </Badge>,
              thresholds.map((one) => labels(`threshold.${one}`)).join(separator) ||
                t("checks.none"),
            ],
          };
        })}
      />
    </section>
  );
}
