import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { DrawingItems } from "@/components/chart/drawing-items";
import type { Drawing } from "@/components/chart/save-drawing";
import { Menu, MenuItem } from "@/components/ui/menu";

type CardMenuProps = {
  title: string;
  files: Record<"xlsx" | "csv", string>;
  /** A card without one is its table. */
  drawing?: Drawing | undefined;
};

/** What is taken away of one card: its table, and its drawing. */
export function CardMenu({ title, files, drawing }: CardMenuProps) {
  const t = useTranslations("dashboard.file");
  return (
    <Menu
      label={<Download size={14} aria-hidden />}
      ariaLabel={t("menuOf", { title })}
      align="end"
      size="small"
      bare
    >
      <MenuItem href={files.xlsx}>{t("xlsx")}</MenuItem>
      <MenuItem href={files.csv}>{t("csv")}</MenuItem>
      {drawing && <DrawingItems drawing={drawing} words={{ svg: t("svg"), png: t("png") }} />}
    </Menu>
  );
}
