import { useLocale, useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { rightsHref } from "@/lib/features/rights/address";
import type { HouseholdView } from "@/lib/features/households/types";
import { namesOf } from "@/lib/features/reference/present";
import type { Locale } from "@/lib/kernel/preferences";
import { HouseholdSheet } from "./household-sheet";

/** The page of a file says which it is; of whom, the browser asks. */
export function HouseholdPage({ view }: { view: HouseholdView }) {
  const t = useTranslations("households");
  const { id, code, organisation, reference, today } = view;
  const names = namesOf(reference, useLocale() as Locale);
  return (
    <div className="stack">
      <PageHeader
        title={t("file.title", { code })}
        lead={names.organisation(organisation)}
        trail={[{ href: "/households", label: t("toList") }]}
        trailLabel={t("trail")}
        actions={
          <LinkButton href={rightsHref({ organisation, file: code })}>
            {t("file.rights")}
          </LinkButton>
        }
      />
      <HouseholdSheet
        id={id}
        today={today}
        organisations={Object.fromEntries(
          reference.organisations.map((one) => [one.code, names.organisation(one.code)]),
        )}
        programmes={Object.fromEntries(
          reference.programmes.map((one) => [one.code, names.programme(one.code)]),
        )}
      />
    </div>
  );
}
