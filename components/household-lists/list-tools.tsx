"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { later } from "@/components/ui/later";

const ImportDialog = later(() => import("./import-dialog").then((part) => part.ImportDialog));
const ExportDialog = later(() => import("./export-dialog").then((part) => part.ExportDialog));

type Props = { organisation: string; name: string; today: string };

/** Files in and out in the shape of the national list, for the place that is shown. */
export function ListTools(props: Props) {
  const t = useTranslations("householdLists");
  const [open, setOpen] = useState<"import" | "export" | null>(null);
  return (
    <>
      <Button onClick={() => setOpen("import")}>{t("import.open")}</Button>
      <Button onClick={() => setOpen("export")}>{t("export.open")}</Button>
      {open === "import" && <ImportDialog {...props} onClose={() => setOpen(null)} />}
      {open === "export" && <ExportDialog {...props} onClose={() => setOpen(null)} />}
    </>
  );
}
