"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { later } from "@/components/ui/later";
import type { Papers } from "@/lib/features/papers/types";

const ReceiptDialog = later(() => import("./receipt-dialog").then((part) => part.ReceiptDialog));

/** 领款凭条: for whoever hands out, of the lines that are named. */
export function Receipts({ papers }: { papers: Papers }) {
  const t = useTranslations("papers");
  const [open, setOpen] = useState(false);
  if (!papers.mayPrint) return null;
  return (
    <Card
      title={t("receipts")}
      actions={<Button onClick={() => setOpen(true)}>{t("makeReceipts")}</Button>}
    >
      <p className="quiet">{t("receiptsNote")}</p>
      {open && <ReceiptDialog papers={papers} onClose={() => setOpen(false)} />}
    </Card>
  );
}
