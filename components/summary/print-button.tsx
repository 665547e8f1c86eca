"use client";

import { Printer } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";

export function PrintButton() {
  const t = useTranslations("common");
  return (
    <Button icon={<Printer size={16} aria-hidden />} onClick={() => window.print()}>
      {t("print")}
    </Button>
  );
}
