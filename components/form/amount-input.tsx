import { useTranslations } from "next-intl";
import { TextInput, type TextInputProps } from "./text-input";
import styles from "./input.module.css";

export type AmountInputProps = Omit<TextInputProps, "type" | "before" | "after">;

/** Takes what the clerk types: 1,332.50 or 61.58万. Reading it is the kernel's work. */
export function AmountInput(props: AmountInputProps) {
  const t = useTranslations("common.amount");
  return (
    <TextInput
      className={styles.amount}
      inputMode="text"
      spellCheck={false}
      after={t("yuan")}
      {...props}
    />
  );
}

export type AmountEchoProps = {
  /** The amount as understood, e.g. 615,800.00; null while nothing is understood. */
  echo: string | null;
  /** 大写, e.g. 陆拾壹万伍仟捌佰元整. */
  capital?: string | null | undefined;
};

/** Stands beside the amount (`aside` of its Field), so that a slip of 万 is seen at once. */
export function AmountEcho({ echo, capital }: AmountEchoProps) {
  const t = useTranslations("common.amount");
  return (
    <output className={styles.echo} aria-live="polite">
      {echo !== null && (
        <>
          <span className={styles.echoYuan}>{t("echo", { amount: echo })}</span>
          {capital && <div className={styles.echoCapital}>{capital}</div>}
        </>
      )}
    </output>
  );
}
