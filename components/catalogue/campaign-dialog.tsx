"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { namesOf, NamesFields, textOf } from "@/components/admin/names-fields";
import { useOrganisations } from "@/components/admin/words";
import { KeptDialog } from "@/components/admin/kept-dialog";
import { ProgrammeField } from "@/components/admin/programme-field";
import { useCommand } from "@/components/command/use-command";
import { DayField, dayIn } from "@/components/form/day-field";
import { Field } from "@/components/form/field";
import { FieldRow } from "@/components/form/form-layout";
import { OrganisationPicker } from "@/components/reference/organisation-picker";
import { createCampaign, updateCampaign } from "@/lib/features/catalogue/client";
import type { AdminCampaign } from "@/lib/features/catalogue/schema";
import type { PageReference } from "@/lib/features/reference/types";
import { civilDateInChina } from "@/lib/kernel/fiscal-year";
import { CodeField } from "@/components/admin/code-fields";

type Props = {
  /** Null for a new one. */
  campaign: AdminCampaign | null;
  reference: PageReference;
  onClose: () => void;
  onDone: () => void;
};

type FieldsProps = Pick<Props, "campaign" | "reference"> & {
  errorOf: (field: string) => string | undefined;
};

function Whose({ campaign, reference, errorOf }: FieldsProps) {
  const t = useTranslations("admin.campaigns");
  const choose = useTranslations("common")("choose");
  const organisations = useOrganisations(reference);
  return (
    <>
      <ProgrammeField
        label={t("programme")}
        error={errorOf("programme")}
        reference={reference}
        chosen={campaign?.programme}
      />
      <Field
        label={t("organisation")}
        hint={t("organisationHint")}
        error={errorOf("organisation")}
        required
      >
        {(control) => (
          <OrganisationPicker
            {...control}
            name="organisation"
            as="select"
            source={organisations({ chosen: campaign?.organisation })}
            placeholder={choose}
            defaultValue={campaign?.organisation}
          />
        )}
      </Field>
    </>
  );
}

export function CampaignDialog({ campaign, reference, onClose, onDone }: Props) {
  const t = useTranslations("admin");
  const command = useCommand();
  const { errorOf } = command;
  const [today] = useState(() => civilDateInChina(new Date()));
  const [days, setDays] = useState({
    startsOn: campaign?.startsOn ?? "",
    endsOn: campaign?.endsOn ?? "",
  });

  async function save(data: FormData) {
    const fields = {
      ...namesOf(data),
      programme: textOf(data, "programme"),
      organisation: textOf(data, "organisation"),
      startsOn: dayIn(days.startsOn, today),
      endsOn: dayIn(days.endsOn, today),
    };
    const outcome = await command.run(async (send) =>
      campaign === null
        ? send(createCampaign, { body: { code: textOf(data, "code"), ...fields } })
        : send(updateCampaign, {
            id: campaign.code,
            body: { version: campaign.version, ...fields },
          }),
    );
    if (outcome.ok) onDone();
  }

  return (
    <KeptDialog
      command={command}
      onClose={onClose}
      size="wide"
      title={campaign === null ? t("campaigns.new") : t("campaigns.edit", { code: campaign.code })}
      onConfirm={(data) => void save(data)}
    >
      {campaign === null && <CodeField error={errorOf("code")} />}
      <NamesFields nameZh={campaign?.nameZh} nameEn={campaign?.nameEn} errorOf={errorOf} />
      <Whose campaign={campaign} reference={reference} errorOf={errorOf} />
      <FieldRow>
        <DayField
          label={t("campaigns.startsOn")}
          error={errorOf("startsOn")}
          required
          planned
          text={days.startsOn}
          today={today}
          onText={(startsOn) => setDays({ ...days, startsOn })}
        />
        <DayField
          label={t("campaigns.endsOn")}
          error={errorOf("endsOn")}
          required
          planned
          text={days.endsOn}
          today={today}
          onText={(endsOn) => setDays({ ...days, endsOn })}
        />
      </FieldRow>
      <p className="quiet">{t("campaigns.daysHint")}</p>
    </KeptDialog>
  );
}
