"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Field } from "@/components/form/field";
import { Select } from "@/components/form/select";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { LinkButton } from "@/components/ui/link-button";
import { householdListHref } from "@/lib/features/household-lists/address";
import { LIST_REASONS } from "@/lib/features/household-lists/labels";
import type { ExportHouseholdsQuery } from "@/lib/features/household-lists/types";

type Props = { organisation: string; name: string; onClose: () => void };

/** Why, and as which kind of file: a link takes it, after whoever sits there has shown it once more. */
export function ExportDialog({ organisation, name, onClose }: Props) {
  const t = useTranslations("householdLists.export");
  const [reason, setReason] = useState<ExportHouseholdsQuery["reason"]>("reporting");
  return (
    <Dialog
      title={t("title", { name })}
      onClose={onClose}
      actions={<Button onClick={onClose}>{t("close")}</Button>}
    >
      <div className="stack">
        <p>{t("lead")}</p>
        <Field label={t("reason")} required>
          {(control) => (
            <Select
              {...control}
              options={LIST_REASONS.map((value) => ({ value, label: t(`reasonOf.${value}`) }))}
              value={reason}
              onChange={({ target }) =>
                setReason(LIST_REASONS.find((one) => one === target.value) ?? reason)
              }
            />
          )}
        </Field>
        <div className="row">
          {(["xlsx", "csv"] as const).map((format) => (
            <LinkButton
              key={format}
              href={householdListHref({ org: organisation, format, reason })}
            >
              {t("take", { format })}
            </LinkButton>
          ))}
        </div>
      </div>
    </Dialog>
  );
}
