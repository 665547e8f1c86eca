"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { later } from "@/components/ui/later";
import type { AllotmentAction } from "@/lib/features/allotments/types";
import type { Given } from "./pass-down-dialog";

const PassDownDialog = later(() =>
  import("./pass-down-dialog").then((part) => part.PassDownDialog),
);
const CarryOverDialog = later(() =>
  import("./carry-over-dialog").then((part) => part.CarryOverDialog),
);

type GiveAllotmentProps = Omit<Given, "onClose"> & { actions: readonly AllotmentAction[] };

/** 下拨 and 结转 of one allotment, where there is something left of it. */
export function GiveAllotment({ actions, ...given }: GiveAllotmentProps) {
  const t = useTranslations("allotments");
  const [open, setOpen] = useState<AllotmentAction | null>(null);
  const asked = { ...given, onClose: () => setOpen(null) };
  const button = (action: AllotmentAction, label: string) =>
    actions.includes(action) && (
      <Button
        variant="quiet"
        size="small"
        aria-label={`${label} ${given.description}`}
        onClick={() => setOpen(action)}
      >
        {label}
      </Button>
    );
  return (
    <>
      {button("pass-down", t("passDown.action"))}
      {button("carry-over", t("carryOver.action"))}
      {open === "pass-down" && <PassDownDialog {...asked} />}
      {open === "carry-over" && <CarryOverDialog {...asked} />}
    </>
  );
}
