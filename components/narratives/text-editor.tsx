"use client";

import { Redo2, Undo2 } from "lucide-react";
import type { Route } from "next";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import {
  useEffect,
  useEffectEvent,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
} from "react";
import { FailureNote } from "@/components/command/failure-note";
import { useCommand } from "@/components/command/use-command";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { LinkButton } from "@/components/ui/link-button";
import { useToast } from "@/components/ui/toast";
import { isComposing } from "@/lib/browser/composing";
import { dropText, keepText, keptText } from "@/lib/browser/kept-text";
import { briefHref, type BriefAsked } from "@/lib/features/narrative-texts/address";
import { saveText } from "@/lib/features/narrative-texts/client";
import { unboundIn, withoutEmpty } from "@/lib/features/narrative-texts/rules";
import type { TextBody } from "@/lib/features/narrative-texts/types";
import type { Locale } from "@/lib/kernel/preferences";
import { NumberDialog } from "./number-dialog";
import { ProseHost } from "./prose-host";
import { TextParagraph, type Chosen } from "./text-paragraph";
import { editedText, renumbered, TITLE, useTextHistory, type EditedText } from "./use-text-history";
import styles from "./text-editor.module.css";

type EditorProps = {
  asked: BriefAsked;
  lang: Locale;
  userId: string;
  /** The version it is made from; null: the draft, as it stood at `seq`. */
  source: number | null;
  latest: number;
  seq: number;
  body: TextBody;
};

const wireOf = ({ title, paragraphs }: EditedText) => ({
  title,
  paragraphs: paragraphs.map(({ head, pieces }) => ({
    head: head || null,
    pieces: withoutEmpty(pieces).map((piece) =>
      typeof piece === "string" ? piece : { figure: piece.figure, unit: piece.unit },
    ),
  })),
});

/** What this browser kept is taken up again; its numbers are those of now, whatever was approved meanwhile. */
function useKept(props: EditorProps) {
  const { asked, lang, userId, source, body } = props;
  const name = [asked.org, asked.year, lang, asked.length, source ?? "draft"].join(":");
  const of = { userId, name };
  return {
    read: () => {
      const left = keptText(of) as EditedText | null;
      return left && renumbered(left, body);
    },
    keep: (text: EditedText) => keepText(of, text),
    drop: () => dropText(of),
  };
}

type History = ReturnType<typeof useTextHistory>;
type ToolsProps = { history: History; onEdit: History["change"]; children: ReactNode };

function Tools({ history: { undoable, redoable }, onEdit, children }: ToolsProps) {
  const t = useTranslations("brief");
  return (
    <div className={styles.bar} role="toolbar" aria-label={t("tools")}>
      <Button
        icon={<Undo2 size={16} aria-hidden />}
        disabled={!undoable}
        onClick={() => onEdit({ type: "undo" })}
      >
        {t("undo")}
      </Button>
      <Button
        icon={<Redo2 size={16} aria-hidden />}
        disabled={!redoable}
        onClick={() => onEdit({ type: "redo" })}
      >
        {t("redo")}
      </Button>
      <span className={styles.space} />
      {children}
    </div>
  );
}

export function TextEditor(props: EditorProps) {
  const { asked, lang, source, latest, seq, body } = props;
  const t = useTranslations("brief");
  const router = useRouter();
  const toast = useToast();
  const command = useCommand();
  const kept = useKept(props);
  const history = useTextHistory(editedText(body));
  const { text, caret, change, restored } = history;
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const touched = useRef(false);

  const takeUp = useEffectEvent(() => {
    const left = kept.read();
    if (left !== null) change({ type: "load", text: left, restored: true });
  });
  useEffect(() => takeUp(), []);
  useEffect(() => {
    if (touched.current) kept.keep(text);
  });

  const edit: typeof change = (made) => {
    touched.current = true;
    change(made);
  };
  const back = briefHref(asked, source === null ? {} : { version: source });
  const unbound = unboundIn([text.title.replace(/\d{4}\s*年?/, ""), ...text.paragraphs.flatMap(({ head, pieces }) => [head ?? "", ...pieces])]); // prettier-ignore

  async function save() {
    const { year, org, length } = asked;
    const outcome = await command.run((send) =>
      send(saveText, {
        body: { year, org, lang, length, latest, source, seq, refresh: false, text: wireOf(text) },
      }),
    );
    if (!outcome.ok) return;
    kept.drop();
    touched.current = false;
    const { version } = outcome.answer;
    toast(t("saved", { version }));
    router.push(briefHref(asked, { version }) as Route);
  }

  function startAgain() {
    kept.drop();
    touched.current = false;
    change({ type: "load", text: editedText(body), restored: false });
  }

  function onKey(event: KeyboardEvent<HTMLElement>) {
    if (isComposing(event.nativeEvent) || !(event.ctrlKey || event.metaKey)) return;
    const key = event.key.toLowerCase();
    if (key === "z") edit({ type: event.shiftKey ? "redo" : "undo" });
    else if (key === "y") edit({ type: "redo" });
    else if (key === "enter" || key === "s") void save();
    else return;
    event.preventDefault();
  }

  return (
    <div className="stack" onKeyDown={onKey}>
      {restored && (
        <Callout actions={<Button onClick={startAgain}>{t("startAgain")}</Button>}>
          {t("restored")}
        </Callout>
      )}
      <Tools history={history} onEdit={edit}>
        <LinkButton href={back}>{t("leave")}</LinkButton>
        <Button variant="primary" busy={command.busy} onClick={() => void save()}>
          {t("save")}
        </Button>
      </Tools>
      {command.failure && <FailureNote failure={command.failure} />}
      <p className={styles.hint}>{t("hint")}</p>
      <article className={styles.paper} data-text="" lang={lang}>
        <h2 className={styles.title}>
          <ProseHost
            host={TITLE}
            words={text.title}
            label={t("titleField")}
            lang={lang}
            caret={caret}
            onChange={edit}
            onEdge={(event) => event.key === "Enter"}
          />
        </h2>
        {text.paragraphs.map((paragraph, at) => (
          <TextParagraph
            key={paragraph.id}
            paragraph={paragraph}
            number={at + 1}
            lang={lang}
            caret={caret}
            onChange={edit}
            onChoose={setChosen}
          />
        ))}
      </article>
      {unbound.length > 0 && (
        <Callout tone="warning" live title={t("unbound.title", { count: unbound.length })}>
          {t("unbound.lead", { numbers: unbound.join(t("unbound.separator")) })}
        </Callout>
      )}
      {chosen && (
        <NumberDialog
          chosen={chosen}
          onClose={() => setChosen(null)}
          onCut={() => {
            edit({ type: "cut", paragraph: chosen.paragraph.id, piece: chosen.piece });
            setChosen(null);
          }}
        />
      )}
    </div>
  );
}
