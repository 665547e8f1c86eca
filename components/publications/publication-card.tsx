import { useTranslations } from "next-intl";
import type { Presentation } from "@/components/figures/presentation";
import { AppLink } from "@/components/ui/app-link";
import { Card } from "@/components/ui/card";
import { publicHref } from "@/lib/features/publications/address";
import type { Publication, PublicationsView } from "@/lib/features/publications/types";
import { nameOf } from "@/lib/features/reference/present";
import { momentText } from "@/lib/kernel/written";
import { PublishYear, WithdrawPublication } from "./publish-year";
import styles from "./publications.module.css";

type Props = { view: PublicationsView; show: Presentation };

/** What became of a publication that is not public any more. */
function Past({ item, show }: { item: Publication; show: Presentation }) {
  const t = useTranslations("publications");
  const { no, at, by, withdrawnAt, withdrawnBy, reason } = item;
  const was = t("was", { no, at: momentText(at), name: nameOf(by, show.locale) });
  const end =
    withdrawnAt === null || withdrawnBy === null
      ? t("replaced")
      : t("withdrawn", {
          at: momentText(withdrawnAt),
          name: nameOf(withdrawnBy, show.locale),
          reason: reason ?? "",
        });
  return (
    <li>
      {was} · {end}
    </li>
  );
}

/** What everybody may read of a year, and the province's switch for it. */
export function PublicationCard({ view, show }: Props) {
  const t = useTranslations("publications");
  const { year, items, publishes, withdraws } = view;
  const standing = items.find((item) => item.standing);
  const past = items.filter((item) => !item.standing);
  return (
    <Card
      title={t("title")}
      actions={
        <>
          {standing && withdraws && <WithdrawPublication id={standing.id} year={year} />}
          {publishes && <PublishYear year={year} again={items.length > 0} last={items[0]} />}
        </>
      }
    >
      <div className={styles.past}>
        {standing ? (
          <p>
            {t("standing", {
              no: standing.no,
              at: momentText(standing.at),
              name: nameOf(standing.by, show.locale),
              shown: standing.shown,
              hidden: standing.hidden,
            })}{" "}
            <AppLink href={publicHref(year)}>{t("open")}</AppLink>
          </p>
        ) : (
          <p>
            {t("none")}
            {withdraws && !publishes && ` ${t("notClosed")}`}
          </p>
        )}
        {past.length > 0 && (
          <ul className={styles.past} aria-label={t("earlier")}>
            {past.map((item) => (
              <Past key={item.id} item={item} show={show} />
            ))}
          </ul>
        )}
      </div>
    </Card>
  );
}
