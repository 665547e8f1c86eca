"use client";

import { Eye, Users } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { later } from "@/components/ui/later";
import { MOST_LINES, SHOWN_SECONDS } from "@/lib/features/reveals/labels";
import type { Revealed } from "@/lib/features/reveals/types";
import { ShownLines } from "./revealed-lines";
import styles from "./reveals.module.css";
import { useRevealed } from "./use-revealed";

const RevealDialog = later(() => import("./reveal-dialog").then((part) => part.RevealDialog));
const RequestDialog = later(() => import("./request-dialog").then((part) => part.RequestDialog));

/** Shows lines as they were typed, for a minute, to whoever says why; all of a long roster is asked of another person. */
export function RevealPanel({ id, lines }: { id: string; lines: number }) {
  const t = useTranslations("reveals");
  const [asking, setAsking] = useState<"lines" | "all" | null>(null);
  const { revealed, left, show, forget } = useRevealed<Revealed>(SHOWN_SECONDS);
  const close = () => setAsking(null);
  return (
    <>
      {revealed ? (
        <ShownLines
          title={t("shown.title")}
          note={t("shown.note", { used: revealed.used, most: revealed.most })}
          lines={revealed.lines}
          left={left}
          forget={forget}
        />
      ) : (
        <div className={`no-print ${styles.ways}`}>
          <Button icon={<Eye size={16} aria-hidden />} onClick={() => setAsking("lines")}>
            {t("ask.open")}
          </Button>
          {lines > MOST_LINES && (
            <Button icon={<Users size={16} aria-hidden />} onClick={() => setAsking("all")}>
              {t("request.open")}
            </Button>
          )}
        </div>
      )}
      {asking === "all" && <RequestDialog id={id} lines={lines} onClose={close} />}
      {asking === "lines" && (
        <RevealDialog
          id={id}
          onClose={close}
          onRevealed={(what) => {
            close();
            show(what);
          }}
        />
      )}
    </>
  );
}
