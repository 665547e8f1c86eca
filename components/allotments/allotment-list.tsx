import { useTranslations } from "next-intl";
import { money, type Presentation } from "@/components/figures/presentation";
import { FigureTable, type FigureColumn } from "@/components/table/figure-table";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import type { Allotment, AllotmentPage } from "@/lib/features/allotments/types";
import { namesOf, type Names } from "@/lib/features/reference/present";
import type { Reference } from "@/lib/features/reference/types";
import { formatFen } from "@/lib/kernel/money";
import styles from "./allotments.module.css";
import { GiveAllotment } from "./give-allotment";
import { VoidAllotment } from "./void-allotment";

type AllotmentListProps = {
  view: { page: AllotmentPage; reference: Reference; filter: { year: number } };
  show: Presentation;
};

type StateProps = { allotment: Allotment; names: Names; locale: Presentation["locale"] };

function State({ allotment, names, locale }: StateProps) {
  const t = useTranslations("allotments");
  if (allotment.voided)
    return (
      <>
        <Badge tone="danger">{t("list.voided")}</Badge>
        <div className={styles.why}>{t("list.voidedWhy", { reason: allotment.voided.reason })}</div>
      </>
    );
  const description = t("void.what", {
    organisation: names.organisation(allotment.organisation),
    fundSource: names.fundSource(allotment.fundSource),
    amount: formatFen(BigInt(allotment.amountFen)),
  });
  const { id, version, actions, leftFen } = allotment;
  return (
    <span className={styles.state}>
      <Badge tone="success">{t("list.valid")}</Badge>
      {leftFen !== null && actions.some((action) => action !== "void") && (
        <GiveAllotment
          id={id}
          description={description}
          leftFen={leftFen}
          year={allotment.fiscalYear}
          fundSource={allotment.fundSource}
          locale={locale}
          actions={actions}
        />
      )}
      {actions.includes("void") && (
        <VoidAllotment
          id={id}
          version={version}
          description={description}
          isTransfer={allotment.transfer !== null}
        />
      )}
    </span>
  );
}

/** Where it came from or went to, and by which document. */
function OtherEnd({ allotment, names }: { allotment: Allotment; names: Names }) {
  const t = useTranslations("allotments.list");
  const { transfer, sourceKind, documentNumber } = allotment;
  const words = transfer
    ? t(`${transfer.kind}.${transfer.direction}`, {
        organisation: names.organisation(transfer.organisation),
        year: String(transfer.fiscalYear),
      })
    : sourceKind
      ? t(`sourceKind.${sourceKind}`)
      : null;
  if (words === null && documentNumber === null) return "—";
  return (
    <>
      {words}
      {documentNumber !== null && <div className={styles.why}>{documentNumber}</div>}
    </>
  );
}

/** Every allotment of the year; a voided one keeps its line and its reason, and counts no more. */
export function AllotmentList({ view, show }: AllotmentListProps) {
  const t = useTranslations("allotments");
  const unit = useTranslations("common.unit")(show.unit);
  const { page, reference, filter } = view;
  const names = namesOf(reference, show.locale);
  const columns: FigureColumn[] = [
    { id: "organisation", header: t("list.organisation"), width: "140px" },
    { id: "receivedOn", header: t("list.receivedOn") },
    { id: "fundSource", header: t("list.fundSource"), width: "120px" },
    { id: "amount", header: t("list.amount"), unit, align: "end" },
    { id: "left", header: t("list.left"), unit, align: "end" },
    { id: "end", header: t("list.end"), width: "150px" },
    { id: "purpose", header: t("list.purpose"), width: "170px" },
    { id: "state", header: t("list.state"), width: "150px" },
  ];
  if (page.items.length === 0)
    return (
      <Card title={t("list.title")}>
        <EmptyState compact title={t("empty.title", { year: String(filter.year) })}>
          {t("empty.words")}
        </EmptyState>
      </Card>
    );
  return (
    <Card title={t("list.title")} flush>
      <FigureTable
        caption={t("list.title")}
        framed={false}
        columns={columns}
        rows={page.items.map((allotment) => ({
          key: allotment.id,
          cells: [
            names.organisation(allotment.organisation),
            <span key="day" className="nowrap">
              {allotment.receivedOn ?? <span className="quiet">{t("list.dayUnknown")}</span>}
            </span>,
            names.fundSource(allotment.fundSource),
            <Amount key="amount" allotment={allotment} show={show} />,
            allotment.leftFen === null ? "" : money(allotment.leftFen, show),
            <OtherEnd key="end" allotment={allotment} names={names} />,
            [
              allotment.programme && names.programme(allotment.programme),
              allotment.project && t("list.forProject", { name: allotment.project.name }),
              allotment.purpose,
              allotment.note,
            ]
              .filter((text) => text)
              .join("；") || "—",
            <State key="state" allotment={allotment} names={names} locale={show.locale} />,
          ],
        }))}
        totals={[t("list.total"), "", "", money(page.totals.receivedFen, show), "", "", "", ""]}
      />
    </Card>
  );
}

function Amount({ allotment, show }: { allotment: Allotment; show: Presentation }) {
  const t = useTranslations("allotments.list");
  const text = money(allotment.amountFen, show);
  return (
    <span
      className={allotment.voided ? styles.struck : undefined}
      title={allotment.amountWording ?? undefined}
    >
      {allotment.amountKind === "estimated" && <span className="quiet">{t("estimated")} </span>}
      {text}
    </span>
  );
}
