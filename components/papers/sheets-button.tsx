"use client";

import { FileSignature } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { later } from "@/components/ui/later";
import type { FigureFilter } from "@/lib/features/filter/types";

const SheetsDialog = later(() => import("./sheets-dialog").then((part) => part.SheetsDialog));

/** 签领表 of all records under a filter. */
export function SheetsButton({ filter }: { filter: FigureFilter }) {
  const t = useTranslations("papers");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<FileSignature size={16} aria-hidden />} onClick={() => setOpen(true)}>
        {t("batch")}
      </Button>
      {open && <SheetsDialog filter={filter} onClose={() => setOpen(false)} />}
    </>
  );
}
