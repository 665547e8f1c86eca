"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { AddDialog, type AddChoices } from "./add-dialog";

/** Opens the form; a fresh one each time, so that nothing of the last entry lingers. */
export function AddAllotment(choices: AddChoices) {
  const t = useTranslations("allotments.add");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="primary" icon={<Plus size={16} aria-hidden />} onClick={() => setOpen(true)}>
        {t("action")}
      </Button>
      {open && (
        <AddDialog {...choices} onClose={() => setOpen(false)} onDone={() => setOpen(false)} />
      )}
    </>
  );
}
