"use client";

import clsx from "clsx";
import type { InputHTMLAttributes, ReactNode, Ref, TextareaHTMLAttributes } from "react";
import { useEarly } from "@/components/ui/early";
import styles from "./input.module.css";

export type TextInputProps = InputHTMLAttributes<HTMLInputElement> & {
  /** A sign or unit inside the frame. */
  before?: ReactNode | undefined;
  after?: ReactNode | undefined;
  ref?: Ref<HTMLInputElement> | undefined;
};

export function TextInput({
  before,
  after,
  className,
  type = "text",
  autoComplete = "off",
  ref,
  ...rest
}: TextInputProps) {
  const own = useEarly(ref);
  return (
    <span className={clsx(styles.frame, className)}>
      {before && <span className={styles.before}>{before}</span>}
      <input ref={own} type={type} autoComplete={autoComplete} className={styles.input} {...rest} />
      {after && <span className={styles.after}>{after}</span>}
    </span>
  );
}

/** Whole numbers only: what is not a digit is refused by the form in words, never dropped in silence. */
export function NumberInput({ className, ...rest }: TextInputProps) {
  return <TextInput inputMode="numeric" className={clsx(styles.numeric, className)} {...rest} />;
}

export type TextAreaProps = TextareaHTMLAttributes<HTMLTextAreaElement> & {
  ref?: Ref<HTMLTextAreaElement> | undefined;
};

export function TextArea({
  rows = 3,
  autoComplete = "off",
  className,
  ref,
  ...rest
}: TextAreaProps) {
  const own = useEarly(ref);
  return (
    <textarea
      ref={own}
      rows={rows}
      autoComplete={autoComplete}
      className={clsx(styles.area, className)}
      {...rest}
    />
  );
}
