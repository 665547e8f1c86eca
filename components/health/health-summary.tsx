import { useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import { momentText } from "@/lib/kernel/written";
import type { Check } from "@/lib/features/health/schema";

/** The one sentence to read: all hold, these do not, or not all were asked yet. */
export function HealthSummary({ checks }: { checks: readonly Check[] }) {
  const t = useTranslations("health");
  const broken = checks.filter(({ faults }) => faults !== null && faults > 0);
  if (broken.length > 0)
    return (
      <Callout tone="danger" title={t("broken", { count: broken.length })}>
        <ul>
          {broken.map(({ invariant, sentence }) => (
            <li key={invariant}>{sentence}</li>
          ))}
        </ul>
      </Callout>
    );
  const moments = checks.flatMap(({ checkedAt }) => checkedAt ?? []).sort();
  if (moments.length < checks.length || !moments[0])
    return <Callout tone="warning">{t("notYet")}</Callout>;
  return (
    <Callout tone="success">
      {t("allHold", { total: checks.length, at: momentText(moments[0]) })}
    </Callout>
  );
}
