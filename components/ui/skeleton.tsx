import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import styles from "./skeleton.module.css";
import { VisuallyHidden } from "./visually-hidden";

const widths = ["62%", "84%", "46%", "73%", "91%", "55%"];

function widthAt(index: number): string {
  return widths[index % widths.length] ?? "70%";
}

function Busy({ children }: { children: ReactNode }) {
  const t = useTranslations("common");
  return (
    <div role="status" className={styles.block}>
      <VisuallyHidden>{t("loading")}</VisuallyHidden>
      <div aria-hidden>{children}</div>
    </div>
  );
}

export function SkeletonLines({ lines = 3 }: { lines?: number }) {
  return (
    <Busy>
      {Array.from({ length: lines }, (_, index) => (
        <div key={index} className={styles.line} style={{ width: widthAt(index) }} />
      ))}
    </Busy>
  );
}

export function SkeletonTable({ rows = 8, columns = 6 }: { rows?: number; columns?: number }) {
  return (
    <Busy>
      <div className={styles.table}>
        {Array.from({ length: rows }, (_, row) => (
          <div key={row} className={styles.tableRow}>
            {Array.from({ length: columns }, (_, column) => (
              <div
                key={column}
                className={styles.line}
                style={{ width: widthAt(row + column * 2) }}
              />
            ))}
          </div>
        ))}
      </div>
    </Busy>
  );
}

export function SkeletonFigures({ count = 4 }: { count?: number }) {
  return (
    <Busy>
      <div className={styles.figures}>
        {Array.from({ length: count }, (_, index) => (
          <div key={index} className={styles.figure}>
            <div className={styles.line} style={{ width: "45%" }} />
            <div className={styles.big} />
            <div className={styles.line} style={{ width: "70%" }} />
          </div>
        ))}
      </div>
    </Busy>
  );
}

export function SkeletonChart({ height = 260 }: { height?: number }) {
  return (
    <Busy>
      <div className={styles.chart} style={{ height }}>
        {[48, 70, 38, 86, 60, 44, 92, 54, 66, 30, 58, 40].map((share, index) => (
          <div key={index} className={styles.bar} style={{ height: `${share}%` }} />
        ))}
      </div>
    </Busy>
  );
}

export function SkeletonHeader() {
  return (
    <Busy>
      <div className={styles.title} />
      <div className={styles.line} style={{ width: "36%" }} />
    </Busy>
  );
}
