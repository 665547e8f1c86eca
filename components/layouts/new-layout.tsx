"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { LayoutDialog, type LayoutDialogProps } from "./layout-dialog";

/** A button that begins a form of what the page shows. */
export function NewLayout(given: Omit<LayoutDialogProps, "kept" | "onClose">) {
  const t = useTranslations("layoutForms");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t("fromCross")}</Button>
      {open && <LayoutDialog {...given} kept={null} onClose={() => setOpen(false)} />}
    </>
  );
}
