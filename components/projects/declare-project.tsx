"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { later } from "@/components/ui/later";
import type { DeclareChoices } from "./declare-dialog";

const DeclareDialog = later(() => import("./declare-dialog").then((part) => part.DeclareDialog));

/** Opens the form; a fresh one each time, so that nothing of the last declaration lingers. */
export function DeclareProject(choices: DeclareChoices) {
  const t = useTranslations("projects.declare");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="primary" icon={<Plus size={16} aria-hidden />} onClick={() => setOpen(true)}>
        {t("action")}
      </Button>
      {open && <DeclareDialog {...choices} onClose={() => setOpen(false)} />}
    </>
  );
}
