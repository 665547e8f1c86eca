import { useTranslations } from "next-intl";
import { useId, type ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { LinkButton } from "@/components/ui/link-button";
import styles from "./filter-form.module.css";

export type FilterFormProps = {
  /** The page that is filtered; it is also what the filter is cleared to. */
  path: string;
  label: string;
  apply: string;
  children: ReactNode;
};

/** An ordinary form that asks for an address, so that a search can be sent to a colleague. */
export function FilterForm({ path, label, apply, children }: FilterFormProps) {
  const t = useTranslations("common");
  return (
    <form action={path} className={styles.filter} aria-label={label}>
      {children}
      <div className={styles.buttons}>
        <Button type="submit">{apply}</Button>
        <LinkButton href={path} variant="quiet">
          {t("clearFilters")}
        </LinkButton>
      </div>
    </form>
  );
}

type FilterControlProps = {
  name: string;
  label: string;
  wide?: boolean;
  children: (control: { id: string; name: string }) => ReactNode;
};

/** One condition; its name is the one in the address. */
export function FilterControl({ name, label, wide = false, children }: FilterControlProps) {
  const id = useId();
  return (
    <div className={wide ? styles.wide : undefined}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      {children({ id, name })}
    </div>
  );
}
