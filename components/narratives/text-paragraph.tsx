"use client";

import { useTranslations } from "next-intl";
import type { KeyboardEvent } from "react";
import type { TextToken } from "@/lib/features/narrative-texts/types";
import { ProseHost, setCaret } from "./prose-host";
import {
  headHost,
  pieceHost,
  type Caret,
  type Change,
  type EditedParagraph,
} from "./use-text-history";
import styles from "./text-editor.module.css";

export type Chosen = { paragraph: EditedParagraph; piece: number; token: TextToken };

type ParagraphProps = {
  paragraph: EditedParagraph;
  number: number;
  lang: string;
  caret: Caret | null;
  onChange: (change: Change) => void;
  onChoose: (chosen: Chosen) => void;
};

/** Everything one can stand on, in the order of the text. */
function beside(element: HTMLElement, step: 1 | -1): HTMLElement | undefined {
  const all = [...(element.closest("[data-text]")?.querySelectorAll<HTMLElement>("[data-host], [data-token]") ?? [])]; // prettier-ignore
  return all[all.indexOf(element) + step];
}

function goTo(element: HTMLElement | undefined, end: "first" | "last"): boolean {
  if (!element) return false;
  if (element.dataset["host"] === undefined) element.focus();
  else setCaret(element, end === "first" ? 0 : element.textContent.length);
  return true;
}

const STEPS: Partial<Record<string, { step: 1 | -1; end: "first" | "last" }>> = {
  ArrowLeft: { step: -1, end: "last" },
  Backspace: { step: -1, end: "last" },
  ArrowRight: { step: 1, end: "first" },
  Delete: { step: 1, end: "first" },
};

export function TextParagraph(props: ParagraphProps) {
  const { paragraph, number, lang, caret, onChange, onChoose } = props;
  const { id, head, pieces } = paragraph;
  const t = useTranslations("brief");

  function edge(
    piece: number,
    event: KeyboardEvent<HTMLElement>,
    at: { start: boolean; end: boolean; offset: number },
  ) {
    // prettier-ignore
    const { key, currentTarget } = event;
    if (key === "Enter") {
      onChange({ type: "split", paragraph: id, piece, offset: at.offset });
      return true;
    }
    if (event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return false;
    if (key === "Backspace" && at.start && piece === 0 && !head) {
      onChange({ type: "join", paragraph: id });
      return true;
    }
    const way = STEPS[key];
    if (!way || !(way.step === -1 ? at.start : at.end)) return false;
    return goTo(beside(currentTarget, way.step), way.end);
  }

  function onTokenKey(event: KeyboardEvent<HTMLElement>, chosen: Chosen) {
    const { key, currentTarget } = event;
    if (key === "Backspace" || key === "Delete") onChoose(chosen);
    else if (key === "ArrowLeft" || key === "ArrowRight") {
      const way = STEPS[key];
      if (way) goTo(beside(currentTarget, way.step), way.end);
    } else return;
    event.preventDefault();
  }

  const host = { lang, caret, onChange };
  return (
    <p className={styles.paragraph}>
      {head !== null && (
        <b>
          <ProseHost
            {...host}
            host={headHost(id)}
            words={head}
            label={t("headOf", { number })}
            onEdge={(event, at) => event.key === "Enter" || edge(-1, event, at)}
          />
        </b>
      )}
      {pieces.map((piece, at) =>
        typeof piece === "string" ? (
          <ProseHost
            key={at}
            {...host}
            host={pieceHost(id, at)}
            words={piece}
            label={t("proseOf", { number })}
            onEdge={(event, where) => edge(at, event, where)}
          />
        ) : (
          <button
            key={at}
            type="button"
            data-token=""
            className={styles.token}
            aria-label={t("numberLabel", { text: piece.text })}
            onClick={() => onChoose({ paragraph, piece: at, token: piece })}
            onKeyDown={(event) => onTokenKey(event, { paragraph, piece: at, token: piece })}
          >
            {piece.text}
          </button>
        ),
      )}
    </p>
  );
}
