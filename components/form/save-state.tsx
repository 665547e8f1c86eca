import { Check, CircleAlert, CircleDot, CloudOff, LoaderCircle } from "lucide-react";
import { useTranslations } from "next-intl";
import styles from "./save-state.module.css";

export type SaveStatus =
  | { state: "unsaved" }
  /** What is typed is with the server, and no record yet. */
  | { state: "kept" }
  /** The same of a change of what is saved already. */
  | { state: "keptChange" }
  | { state: "saving" }
  | { state: "saved"; at: string }
  /** This browser has no room for it; the server has it next, or not yet either. */
  | { state: "serverOnly" }
  | { state: "nowhere" }
  | { state: "offline" }
  | { state: "failed" };

const signs = {
  unsaved: CircleDot,
  kept: Check,
  keptChange: Check,
  saving: LoaderCircle,
  saved: Check,
  serverOnly: LoaderCircle,
  nowhere: CircleAlert,
  offline: CloudOff,
  failed: CircleAlert,
} as const;

/** Says 已保存 only after the server has answered. `at` is a clock time such as 12:03. */
export function SaveState({ status }: { status: SaveStatus }) {
  const t = useTranslations("common.save");
  const Sign = signs[status.state];
  return (
    <span className={styles.sign} data-state={status.state} role="status">
      <Sign size={14} aria-hidden />
      {status.state === "saved" ? t("saved", { at: status.at }) : t(status.state)}
    </span>
  );
}
