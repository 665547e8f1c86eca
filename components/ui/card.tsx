import clsx from "clsx";
import type { ReactNode } from "react";
import styles from "./card.module.css";

export type CardProps = {
  title?: ReactNode | undefined;
  /** One line under the title: what it includes. */
  note?: ReactNode | undefined;
  actions?: ReactNode | undefined;
  footnote?: ReactNode | undefined;
  /** Tables reach the card's edge. */
  flush?: boolean | undefined;
  id?: string | undefined;
  headingLevel?: 2 | 3 | undefined;
  className?: string | undefined;
  children: ReactNode;
};

export function Card({
  title,
  note,
  actions,
  footnote,
  flush = false,
  id,
  headingLevel = 2,
  className,
  children,
}: CardProps) {
  const Heading = headingLevel === 2 ? "h2" : "h3";
  return (
    <section className={clsx(styles.card, className)} id={id}>
      {(title || actions) && (
        <header className={styles.head}>
          <div className={styles.words}>
            {title && <Heading className={styles.title}>{title}</Heading>}
            {note && <p className={styles.note}>{note}</p>}
          </div>
          {actions && <div className={styles.actions}>{actions}</div>}
        </header>
      )}
      <div className={flush ? styles.flush : styles.body}>{children}</div>
      {footnote && <footer className={styles.footnote}>{footnote}</footer>}
    </section>
  );
}
