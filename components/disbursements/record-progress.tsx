import { useTranslations } from "next-intl";
import { Stepper, type Step } from "@/components/ui/stepper";
import type { DisbursementDetail } from "@/lib/features/disbursements/types";

/** Where the record stands on its way, and whose turn it is. */
export function RecordProgress({ record }: { record: DisbursementDetail }) {
  const t = useTranslations("disbursement.stage");
  const { status, approvalsNeeded, approvalsGiven } = record;
  if (status === "voided") return <p className="quiet">{t("voided")}</p>;
  const entered = status === "draft" || status === "returned";
  const steps: Step[] = [
    {
      key: "entry",
      label: t(status === "returned" ? "returned" : "entry"),
      state: entered ? "current" : "done",
    },
    ...Array.from({ length: approvalsNeeded }, (_, index): Step => {
      const done = !entered && index < approvalsGiven;
      const current = status === "submitted" && index === approvalsGiven;
      return {
        key: `approval-${index}`,
        label: t(index === 0 ? "first" : "second"),
        state: done ? "done" : current ? "current" : "ahead",
      };
    }),
    { key: "counted", label: t("counted"), state: status === "approved" ? "done" : "ahead" },
  ];
  return <Stepper label={t("label")} steps={steps} />;
}
