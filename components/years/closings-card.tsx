import { useTranslations } from "next-intl";
import { money, type Presentation } from "@/components/figures/presentation";
import { AppLink } from "@/components/ui/app-link";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { DescriptionList, type DescriptionItem } from "@/components/ui/description-list";
import { nameOf } from "@/lib/features/reference/present";
import type { YearEndView } from "@/lib/features/year-end/types";
import type { Closing, Entered, Reopening } from "@/lib/features/years/types";
import { momentText } from "@/lib/kernel/written";
import styles from "./years.module.css";

const STATE_TONE = {
  pending: "warning",
  confirmed: "success",
  declined: "neutral",
  withdrawn: "neutral",
  lapsed: "neutral",
} as const;

/** The signature is the last line of a signed note. */
const signatureOf = (note: string) => note.trim().split("\n").at(-1) ?? "";

function useClosing(show: Presentation): (closing: Closing) => DescriptionItem[] {
  const t = useTranslations("yearEnd");
  const unit = useTranslations("common.unit")(show.unit);
  return ({ seq, at, by, sha256, note, checkpoint, frozen }) => [
    { term: t("at"), detail: momentText(at) },
    { term: t("by"), detail: nameOf(by, show.locale) },
    ...(frozen
      ? [
          {
            term: t("frozen"),
            detail: t("frozenSum", {
              amount: money(frozen.amountFen, show),
              unit,
              records: frozen.records,
            }),
          },
        ]
      : []),
    { term: t("position"), detail: String(seq) },
    ...(note ? [{ term: t("note"), detail: note, wide: true }] : []),
    { term: t("digest"), wide: true, detail: <code className={styles.hash}>{sha256}</code> },
    {
      term: t("signature"),
      wide: true,
      detail: checkpoint && <code className={styles.hash}>{signatureOf(checkpoint)}</code>,
    },
  ];
}

function Passed({ passed, show }: { passed: Entered; show: Presentation }) {
  const t = useTranslations("yearEnd");
  const unit = useTranslations("common.unit")(show.unit);
  if (passed.count === 0) return t("nothingPassed");
  return (
    <>
      {t("passedSum", { count: passed.count, amount: money(passed.amountFen, show), unit })}
      <ul className={styles.waiting}>
        {passed.lines.slice(0, 20).map(({ id }) => (
          <li key={id}>
            <AppLink href={`/disbursements/${id}`}>{t("voucher", { id })}</AppLink>
          </li>
        ))}
      </ul>
    </>
  );
}

function ReopeningItem({ reopening, show }: { reopening: Reopening; show: Presentation }) {
  const t = useTranslations("yearEnd");
  const { state, requestedBy, requestedAt, until, reason, decidedBy, decidedAt, passed } =
    reopening;
  return (
    <div>
      <h3 className={styles.title}>
        {t("reopening")}
        <Badge tone={STATE_TONE[state]}>{t(`state.${state}`)}</Badge>
      </h3>
      <p>
        {t("asked", {
          name: nameOf(requestedBy, show.locale),
          at: momentText(requestedAt),
          day: until,
          reason,
        })}
      </p>
      {decidedBy && decidedAt && (
        <p className="quiet">
          {t("decided", { name: nameOf(decidedBy, show.locale), at: momentText(decidedAt) })}
        </p>
      )}
      {passed && (
        <DescriptionList
          items={[
            { term: t("passed"), wide: true, detail: <Passed passed={passed} show={show} /> },
          ]}
        />
      )}
    </div>
  );
}

/** Every closing with what it froze and what vouches for it, and between two of them what opened the year once more. */
export function ClosingsCard({ view: { year }, show }: { view: YearEndView; show: Presentation }) {
  const t = useTranslations("yearEnd");
  const factsOf = useClosing(show);
  // what waits stands at the head of the page
  const after = (no: number) =>
    year.reopenings.filter(({ afterNo, state }) => afterNo === no && state !== "pending");
  return (
    <Card title={t("closings")} footnote={year.closings.length > 0 ? t("hashHint") : undefined}>
      {year.closings.length === 0 && <p>{t("noClosing")}</p>}
      <div className="stack">
        {year.closings.map((closing) => (
          <div key={closing.no} className="stack">
            {after(closing.no).map((reopening) => (
              <ReopeningItem key={reopening.id} reopening={reopening} show={show} />
            ))}
            <h3 className={styles.title}>{t("closing", { no: closing.no })}</h3>
            <DescriptionList items={factsOf(closing)} />
          </div>
        ))}
      </div>
    </Card>
  );
}
