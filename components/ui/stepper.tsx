import clsx from "clsx";
import { Check } from "lucide-react";
import styles from "./stepper.module.css";

export type Step = {
  key: string;
  label: string;
  state: "done" | "current" | "ahead";
  note?: string | undefined;
};

/** Where a record stands on its way: words and signs, colour only beside them. */
export function Stepper({ label, steps }: { label: string; steps: Step[] }) {
  return (
    <ol className={styles.stepper} aria-label={label}>
      {steps.map((step, index) => (
        <li
          key={step.key}
          className={clsx(styles.step, styles[step.state])}
          aria-current={step.state === "current" ? "step" : undefined}
        >
          <span className={styles.sign} aria-hidden>
            {step.state === "done" ? <Check size={12} /> : index + 1}
          </span>
          <span>
            <span className={styles.label}>{step.label}</span>
            {step.note && <span className={styles.note}>{step.note}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}
