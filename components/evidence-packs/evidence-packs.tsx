import { useTranslations } from "next-intl";
import { Badge, type Tone } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import type { EvidencePack, EvidencePacksView } from "@/lib/features/evidence-packs/types";
import type { JobStatus } from "@/lib/features/jobs/types";
import { nameOf } from "@/lib/features/reference/present";
import type { Locale } from "@/lib/kernel/preferences";
import { momentText, wholeText } from "@/lib/kernel/written";
import { AskEvidencePack, EvidencePackProgress } from "./ask-evidence-pack";
import styles from "./evidence-packs.module.css";

const TONES: Record<JobStatus, Tone> = {
  waiting: "neutral",
  running: "info",
  done: "success",
  failed: "danger",
  cancelled: "neutral",
};

function Pack({ pack, locale }: { pack: EvidencePack; locale: Locale }) {
  const t = useTranslations("evidencePacks");
  const states = useTranslations("jobs.state");
  const { id, sample, status, vouchers, files, bytes, sha256, url, mine } = pack;
  return (
    <li className={styles.pack}>
      <span className={styles.name}>
        {t("of", { id })} <Badge tone={TONES[status]}>{states(status)}</Badge>
      </span>
      <span>
        {sample ? t("sampleOf", { size: sample.size, seed: sample.seed }) : t("whole")}
        {" · "}
        {t("stamp", { name: nameOf(pack.by, locale), asked: momentText(pack.askedAt) })}
      </span>
      {mine && (status === "waiting" || status === "running") && (
        <EvidencePackProgress percent={pack.progress} />
      )}
      {vouchers !== null && files !== null && bytes !== null && sha256 !== null && (
        <>
          <span>
            {t("holds", { vouchers, files, size: `${wholeText(Math.ceil(bytes / 1024))} KB` })}
          </span>
          <span className={styles.digest}>{t("digest", { sha256 })}</span>
        </>
      )}
      {url && (
        <span className="no-print">
          <LinkButton size="small" href={url} download>
            {t("take")}
          </LinkButton>
        </span>
      )}
      {status === "done" && url === null && <span className="quiet">{t("gone")}</span>}
    </li>
  );
}

/** 凭证包, below the yearly packs: for the province and the auditors. */
export function EvidencePacks({
  view,
  locale,
}: {
  view: NonNullable<EvidencePacksView>;
  locale: Locale;
}) {
  const t = useTranslations("evidencePacks");
  const { year, org, page } = view;
  return (
    <Card title={t("title")} note={t("lead")}>
      <AskEvidencePack key={`${year} ${org}`} year={year} org={org} />
      {page.items.length === 0 ? (
        <p className="quiet">{t("empty")}</p>
      ) : (
        <ul className={styles.list} aria-label={t("title")}>
          {page.items.map((pack) => (
            <Pack key={pack.id} pack={pack} locale={locale} />
          ))}
        </ul>
      )}
    </Card>
  );
}
