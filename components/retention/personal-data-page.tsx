import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import type { PersonalData } from "@/lib/features/retention/types";
import { momentText, wholeText } from "@/lib/kernel/written";
import { KeptTables } from "./kept-tables";
import { RetentionRules } from "./retention-rules";
import { RevealMonths } from "./reveal-months";

function LastRun({ run }: { run: PersonalData["lastRun"] }) {
  const t = useTranslations("personalData.last");
  const state = useTranslations("jobs.state");
  return (
    <Card title={t("title")}>
      {run === null ? (
        <p className="quiet">{t("none")}</p>
      ) : (
        <DescriptionList
          columns={3}
          items={[
            { term: t("at"), detail: momentText(run.at) },
            { term: t("state"), detail: state(run.status as "done") },
            { term: t("households"), detail: wholeText(run.households) },
            { term: t("lines"), detail: wholeText(run.lines) },
            { term: t("words"), detail: wholeText(run.words) },
            { term: t("reveals"), detail: wholeText(run.reveals) },
          ]}
        />
      )}
    </Card>
  );
}

/** What is kept of persons and for how long: counts and rules, to whoever reads nobody's file. */
export function PersonalDataPage({ view }: { view: PersonalData }) {
  const t = useTranslations("personalData");
  return (
    <>
      <p className="quiet">{t("lead")}</p>
      <RetentionRules rules={view.rules} />
      <LastRun run={view.lastRun} />
      <KeptTables tables={view.tables} />
      <RevealMonths reveals={view.reveals} />
    </>
  );
}
