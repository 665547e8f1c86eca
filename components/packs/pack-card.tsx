import { useTranslations } from "next-intl";
import type { Presentation } from "@/components/figures/presentation";
import { AppLink } from "@/components/ui/app-link";
import { Badge, type Tone } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { changesHref } from "@/lib/features/changes/address";
import type { Pack } from "@/lib/features/packs/schema";
import type { PackStatus } from "@/lib/features/packs/types";
import { nameOf } from "@/lib/features/reference/present";
import { momentText, wholeText } from "@/lib/kernel/written";
import { PackProgress, RegeneratePack } from "./ask-pack";
import styles from "./packs.module.css";

const TONES: Record<PackStatus, Tone> = {
  waiting: "neutral",
  running: "info",
  done: "success",
  failed: "danger",
  cancelled: "neutral",
};

function Files({ pack }: { pack: Pack }) {
  const t = useTranslations("packs");
  return (
    <ul className={styles.files} aria-label={t("files")}>
      {pack.files.map(({ name, bytes, sha256, url }) => (
        <li key={name} className={styles.file}>
          {pack.kept ? <a href={url}>{name}</a> : <span>{name}</span>}
          <span className="quiet">
            {t(`file.${name.replace(".", "-")}` as "file.ledger-csv")} ·{" "}
            {t("size", { kb: wholeText(Math.ceil(bytes / 1024)) })}
          </span>
          <span className={`quiet ${styles.digest}`} title={sha256}>
            {t("digest", { start: sha256.slice(0, 16) })}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Whether what was made again is what it was. */
function Again({ pack }: { pack: Pack }) {
  const t = useTranslations("packs");
  if (!pack.again || pack.again.differs === null) return null;
  const { differs } = pack.again;
  return (
    <p>
      {differs.length === 0
        ? t("same", { of: pack.again.of })
        : t("differs", { of: pack.again.of, files: differs.join(", ") })}
    </p>
  );
}

export function PackCard({ pack, show }: { pack: Pack; show: Presentation }) {
  const t = useTranslations("packs");
  const states = useTranslations("jobs.state");
  const at = momentText(pack.asOf);
  const { status, kept, mine } = pack;
  return (
    <Card
      title={t("of", { at, id: pack.id })}
      actions={<Badge tone={TONES[status]}>{states(status)}</Badge>}
    >
      <p className="quiet">
        {t("stamp", {
          seq: wholeText(pack.seq),
          name: nameOf(pack.by, show.locale),
          asked: momentText(pack.askedAt),
        })}
      </p>
      {mine && (status === "waiting" || status === "running") && (
        <PackProgress percent={pack.progress} />
      )}
      <Again pack={pack} />
      {status === "done" && <Files pack={pack} />}
      {status === "done" && !kept && <p className="quiet">{t("gone")}</p>}
      {status === "done" && (
        <div className={`no-print ${styles.foot}`}>
          <AppLink href={changesHref({ year: pack.year, org: pack.org }, pack.seq)}>
            {t("changes")}
          </AppLink>
          <RegeneratePack id={pack.id} at={at} />
        </div>
      )}
    </Card>
  );
}
