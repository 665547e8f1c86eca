"use client";

import { useTranslations } from "next-intl";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { usePreferences, useSetPreference } from "./preferences";

export function UnitSwitch() {
  const t = useTranslations("shell");
  const { unit } = usePreferences();
  const setPreference = useSetPreference();
  return (
    <SegmentedControl
      size="small"
      label={t("unit")}
      value={unit}
      options={[
        { value: "yuan", label: t("unitYuan") },
        { value: "wan", label: t("unitWan") },
      ]}
      onChange={(value) => setPreference("unit", value)}
    />
  );
}

/** Each language is written in itself, so that it is found by those who read only that one. */
export function LanguageSwitch() {
  const t = useTranslations("shell");
  const { locale } = usePreferences();
  const setPreference = useSetPreference();
  return (
    <SegmentedControl
      size="small"
      label={t("language")}
      value={locale}
      options={[
        { value: "zh-CN", label: "中", ariaLabel: "中文" },
        { value: "en", label: "EN", ariaLabel: "English" },
      ]}
      onChange={(value) => setPreference("locale", value)}
    />
  );
}
