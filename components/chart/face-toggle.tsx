"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { turnedCards, turnedCookie, type CardFace } from "@/lib/kernel/preferences";

type FaceToggleProps = {
  card: string;
  title: string;
  initial: CardFace;
  tiles?: boolean | undefined;
};

const YEAR_SECONDS = 365 * 24 * 60 * 60;

function remember(card: string, face: CardFace) {
  const kept = new RegExp(`(?:^|; )${turnedCookie}=([^;]*)`).exec(document.cookie)?.[1];
  const cards = turnedCards(kept);
  cards.set(card, face);
  const value = [...cards].map((pair) => pair.join("-")).join(".");
  document.cookie = `${turnedCookie}=${value}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
}

/**
 * 图 / 表 of one card, and 格 of a map. Which side is up is what is checked, so that it turns before the script has come, and without
 * it; the script remembers.
 */
export function FaceToggle({ card, title, initial, tiles = false }: FaceToggleProps) {
  const t = useTranslations("common.chart");
  const [face, setFace] = useState(initial);
  return (
    <SegmentedControl<CardFace>
      size="small"
      label={t("face", { title })}
      value={face}
      options={[
        { value: "chart", label: t("asChart") },
        ...(tiles ? [{ value: "tiles" as const, label: t("asTiles") }] : []),
        { value: "table", label: t("asTable") },
      ]}
      onChange={(next) => {
        setFace(next);
        remember(card, next);
      }}
    />
  );
}
