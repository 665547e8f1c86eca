import clsx from "clsx";
import { useTranslations } from "next-intl";
import { AppLink } from "@/components/ui/app-link";
import { crossHref } from "@/lib/features/cross/address";
import type { CrossTable } from "@/lib/features/cross/present";
import { isDivided } from "@/lib/features/cross/rules";
import {
  FACES,
  SHARES,
  type CrossLook as Look,
  type CrossShape,
  type CrossView,
} from "@/lib/features/cross/types";
import styles from "./cross.module.css";

type Choice = { key: string; label: string; href: string; current: boolean };

function Choices({ label, choices }: { label: string; choices: readonly Choice[] }) {
  return (
    <div role="group" aria-label={label} className={styles.choices}>
      {choices.map(({ key, label, href, current }) => (
        <AppLink
          key={key}
          href={href}
          scroll={false}
          aria-current={current || undefined}
          className={clsx(styles.choice, current && styles.chosen)}
        >
          {label}
        </AppLink>
      ))}
    </div>
  );
}

/** Every way to look at the table is an address: the way back undoes it, and a link keeps it. */
export function CrossLook({ view, table }: { view: CrossView; table: CrossTable }) {
  const t = useTranslations("cross.look");
  const { filter, shape, look } = view;
  const to = (next: Partial<CrossShape & Look>) =>
    crossHref(filter, { ...shape, ...look, ...next });
  const side = (of: "rows" | "columns") => {
    const keys = table.folds[of];
    if (keys.length === 0) return [];
    const others = look.fold.filter((key) => !keys.includes(key));
    const all = keys.every((key) => look.fold.includes(key));
    const word = of === "rows" ? "Rows" : "Columns";
    return [
      <AppLink key={of} scroll={false} href={to({ fold: all ? others : [...others, ...keys] })}>
        {t(all ? `unfold${word}` : `fold${word}`)}
      </AppLink>,
    ];
  };
  return (
    <nav aria-label={t("label")} className={styles.looks}>
      {!isDivided(shape.measure) && (
        <Choices
          label={t("share")}
          choices={SHARES.map((share) => ({
            key: share,
            label: t(share),
            href: to({ share }),
            current: look.share === share,
          }))}
        />
      )}
      <Choices
        label={t("face")}
        choices={FACES.map((face) => ({
          key: face,
          label: t(face),
          href: to({ face }),
          current: look.face === face,
        }))}
      />
      <AppLink scroll={false} href={to({ rows: shape.columns, columns: shape.rows })}>
        {t("transpose")}
      </AppLink>
      <AppLink scroll={false} href={to({ empty: look.empty === "hide" ? "show" : "hide" })}>
        {t(look.empty === "hide" ? "show" : "hide")}
      </AppLink>
      {side("rows")}
      {side("columns")}
    </nav>
  );
}
