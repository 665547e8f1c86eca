"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { later } from "@/components/ui/later";
import type { Objection, Papers, PublicNotice } from "@/lib/features/papers/types";
import { nameOf } from "@/lib/features/reference/present";
import type { Locale } from "@/lib/kernel/preferences";
import { momentText } from "@/lib/kernel/written";
import styles from "./papers.module.css";

const PostDialog = later(() => import("./post-dialog").then((part) => part.PostDialog));
const SayDialog = later(() => import("./say-dialog").then((part) => part.SayDialog));
const CloseDialog = later(() => import("./close-dialog").then((part) => part.CloseDialog));

type Act =
  | { act: "post" }
  | { act: "object"; notice: string }
  | { act: "answer"; notice: string; objection: string }
  | { act: "confirmed" | "withdrawn"; notice: string };

const TONE = { posted: "info", objected: "warning", confirmed: "success", withdrawn: "neutral" } as const; // prettier-ignore

type Props = { papers: Papers; today: string; onChange: (papers: Papers) => void };

function Objections({ said, onAnswer }: { said: Objection[]; onAnswer?: (id: string) => void }) {
  const t = useTranslations("papers");
  const words = (text: string | null) => text ?? t("unreadable");
  return (
    <ul className={styles.said}>
      {said.map((objection) => (
        <li key={objection.id}>
          <p>
            <strong>{t("objection", { on: objection.on })}</strong> {words(objection.words)}
          </p>
          {objection.answer ? (
            <p>
              <strong>
                {t("answered", {
                  on: objection.answer.on,
                  result: t(objection.answer.upheld ? "upheld" : "notUpheld"),
                })}
              </strong>{" "}
              {words(objection.answer.words)}
            </p>
          ) : (
            onAnswer && (
              <Button size="small" onClick={() => onAnswer(objection.id)}>
                {t("answer")}
              </Button>
            )
          )}
        </li>
      ))}
    </ul>
  );
}

function days(notice: PublicNotice, t: ReturnType<typeof useTranslations<"papers">>): string {
  const { postedOn, endsOn, endKnown } = notice;
  const said = { from: postedOn, to: endsOn, year: endsOn.slice(0, 4) };
  return t(endKnown ? "days" : "daysExpected", said);
}

function NoticeLine({
  notice,
  papers,
  onAct,
}: {
  notice: PublicNotice;
  papers: Papers;
  onAct: (act: Act) => void;
}) {
  const t = useTranslations("papers");
  const locale = useLocale() as Locale;
  const { id, closed, current, status } = notice;
  const hangs = closed === null;
  return (
    <li className={styles.notice}>
      <p className={styles.head}>
        <Badge tone={TONE[status]}>{t(`status.${status}`)}</Badge>
        <span>{days(notice, t)}</span>
      </p>
      <p className="quiet">
        {t("where", { place: notice.place, telephone: notice.telephone, lines: notice.lines })}
      </p>
      {closed && (
        <p className="quiet">
          {t("closedBy", {
            at: momentText(closed.at),
            by: nameOf(closed.by, locale),
            status: t(`status.${status}`),
          })}
          {closed.reason && t("because", { reason: closed.reason })}
        </p>
      )}
      {hangs && !current && <p className={styles.warn}>{t("changedNotice")}</p>}
      {hangs && notice.open > 0 && (
        <p className={styles.warn}>{t("openObjections", { count: notice.open })}</p>
      )}
      {hangs && notice.upheld > 0 && (
        <p className={styles.warn}>{t("upheldObjections", { count: notice.upheld })}</p>
      )}
      {notice.objections && notice.objections.length > 0 && (
        <Objections
          said={notice.objections}
          {...(hangs && {
            onAnswer: (objection: string) => onAct({ act: "answer", notice: id, objection }),
          })}
        />
      )}
      <p className={styles.links}>
        {papers.mayPrint &&
          current &&
          status !== "withdrawn" &&
          (["pdf", "xlsx"] as const).map((format) => (
            <a
              key={format}
              href={`/api/v1/public-notices/${id}/file?format=${format}`}
              download
              aria-label={t("download", { what: t("notices"), at: notice.postedOn, format })}
            >
              {t(format)}
            </a>
          ))}
        {hangs && papers.mayWork && (
          <>
            <Button size="small" onClick={() => onAct({ act: "object", notice: id })}>
              {t("object")}
            </Button>
            <Button size="small" onClick={() => onAct({ act: "withdrawn", notice: id })}>
              {t("withdraw")}
            </Button>
            {notice.mayConfirm && (
              <Button
                size="small"
                variant="primary"
                onClick={() => onAct({ act: "confirmed", notice: id })}
              >
                {t("confirm")}
              </Button>
            )}
          </>
        )}
      </p>
      {hangs && papers.mayWork && !notice.mayConfirm && <p className="quiet">{t("confirmHint")}</p>}
    </li>
  );
}

/** 公示: 公示中 → 有异议 → 确认, each with its last working day. */
export function Notices({ papers, today, onChange }: Props) {
  const t = useTranslations("papers");
  const [open, setOpen] = useState<Act | null>(null);
  const close = () => setOpen(null);
  const done = (next: Papers) => {
    close();
    onChange(next);
  };
  const hangs = papers.notices.some(({ closed }) => closed === null);
  const ways = { onClose: close, onDone: done };
  return (
    <Card
      title={t("notices")}
      actions={
        papers.mayPrint &&
        !hangs && <Button onClick={() => setOpen({ act: "post" })}>{t("post")}</Button>
      }
      footnote={t("noticeNote")}
    >
      {papers.demanded && <p>{t("demanded")}</p>}
      {papers.notices.length === 0 && <p className="quiet">{t("noNotice")}</p>}
      <ul className={styles.list}>
        {papers.notices.map((notice) => (
          <NoticeLine key={notice.id} notice={notice} papers={papers} onAct={setOpen} />
        ))}
      </ul>
      {open?.act === "post" && <PostDialog id={papers.id} today={today} {...ways} />}
      {open?.act === "object" && (
        <SayDialog notice={open.notice} answers={null} today={today} {...ways} />
      )}
      {open?.act === "answer" && (
        <SayDialog notice={open.notice} answers={open.objection} today={today} {...ways} />
      )}
      {(open?.act === "confirmed" || open?.act === "withdrawn") && (
        <CloseDialog notice={open.notice} as={open.act} {...ways} />
      )}
    </Card>
  );
}
