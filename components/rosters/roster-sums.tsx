import { useTranslations } from "next-intl";
import { differencesOf } from "@/lib/features/rosters/rules";
import type { Roster, RosterSums } from "@/lib/features/rosters/types";
import { formatFen } from "@/lib/kernel/money";
import { wholeText } from "@/lib/kernel/written";
import styles from "./rosters.module.css";

const signed = (text: string, n: bigint) => (n > 0n ? `+${text}` : text);

/** What the lines come to, and by how much that is not what the record says: said while they are typed. */
export function RosterSumsLine({
  sums,
  recorded,
}: {
  sums: RosterSums;
  recorded: Roster["recorded"];
}) {
  const t = useTranslations("rosters.sums");
  const differences = differencesOf(sums, recorded);
  return (
    <output className={styles.sums} aria-live="polite">
      <span>
        {t("listed", {
          lines: sums.lines,
          documented: sums.documented,
          persons: sums.persons,
          amount: sums.amountFen === null ? "none" : formatFen(BigInt(sums.amountFen)),
        })}
      </span>
      {sums.households > 0 && <span>{t("households", { count: sums.households })}</span>}
      {sums.packs > 0 && <span>{t("packs", { count: sums.packs })}</span>}
      {sums.lines > 0 && differences.length === 0 && (
        <span className={styles.fits}>{t("fits")}</span>
      )}
      {differences.map(({ of, listed, recorded: said }) => {
        const difference = listed - said;
        const text = of === "amount" ? formatFen(difference) : wholeText(Number(difference));
        return (
          <span key={of} className={styles.differs}>
            {t(`differs.${of}`, {
              recorded: of === "amount" ? formatFen(said) : wholeText(Number(said)),
              difference: signed(text, difference),
            })}
          </span>
        );
      })}
    </output>
  );
}
