"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { SelectOption } from "@/components/form/select";
import { Button } from "@/components/ui/button";
import { later } from "@/components/ui/later";
import type { ProjectAction } from "@/lib/features/projects/types";
import type { Decided } from "./decide-dialogs";

const AddDialog = later(() =>
  import("@/components/allotments/add-dialog").then((part) => part.AddDialog),
);
const ApproveDialog = later(() => import("./decide-dialogs").then((part) => part.ApproveDialog));
const CloseDialog = later(() => import("./decide-dialogs").then((part) => part.CloseDialog));
const VoidDialog = later(() => import("./decide-dialogs").then((part) => part.VoidDialog));

type ProjectActionsProps = Omit<Decided, "onClose"> & {
  organisation: string;
  year: number;
  fundSource: string;
  programmes: SelectOption[];
  actions: readonly ProjectAction[];
  /** Money that arrives may be recorded right here. */
  canReceive: boolean;
};

const NO_CHOICE = { organisations: { listed: [] }, years: [], fundSources: [] };

/** What the reader may do with one project; each in a dialog of its own. */
export function ProjectActions(props: ProjectActionsProps) {
  const { id, description, organisation, year, fundSource, programmes, actions, canReceive } =
    props;
  const t = useTranslations("projects");
  const [open, setOpen] = useState<ProjectAction | "receive" | null>(null);
  const close = () => setOpen(null);
  const button = (action: Exclude<ProjectAction, "create"> | "receive") => (
    <Button
      variant="quiet"
      size="small"
      aria-label={`${t(`${action}.action`)} ${description}`}
      onClick={() => setOpen(action)}
    >
      {t(`${action}.action`)}
    </Button>
  );
  const dialog = { ...props, onClose: close };
  return (
    <>
      {actions.includes("approve") && button("approve")}
      {canReceive && button("receive")}
      {actions.includes("close") && button("close")}
      {actions.includes("void") && button("void")}
      {open === "approve" && <ApproveDialog {...dialog} />}
      {open === "close" && <CloseDialog {...dialog} />}
      {open === "void" && <VoidDialog {...dialog} />}
      {open === "receive" && (
        <AddDialog
          {...NO_CHOICE}
          year={year}
          organisation={organisation}
          programmes={programmes}
          project={{ id, fundSource, description }}
          onClose={close}
          onDone={close}
        />
      )}
    </>
  );
}
