"use client";

import { useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { formatFen } from "@/lib/kernel/money";
import { wholeText } from "@/lib/kernel/written";
import type { RowColumn } from "@/lib/features/rows/types";
import { headingParts } from "./grid-columns";
import type { GridWords } from "./grid-words";
import { totalsOf } from "./totals";
import type { Grid } from "./use-grid";
import type { Pasted } from "./use-grid-clipboard";

/** What became of a paste: the control total first, to be laid beside that of the sheet. */
export function PasteNotice({
  pasted,
  grid,
  words,
  onClose,
}: {
  pasted: Pasted;
  grid: Grid;
  words: GridWords;
  onClose: () => void;
}) {
  const { t } = words;
  const { store } = grid;
  const views = useSyncExternalStore(store.subscribe, store.rows, store.rows);
  const { plan, rows } = pasted;
  const totals = totalsOf(rows.map((id) => views.get(id)?.reading ?? null), grid.view.columns); // prettier-ignore
  const sums = (Object.entries(totals.of) as [RowColumn, (typeof totals.of)[RowColumn]][]).flatMap(
    ([column, total]) => {
      if (total === undefined) return [];
      const value =
        "fen" in total
          ? t("both", {
              yuan: formatFen(total.fen),
              wan: formatFen(total.fen, { unit: "wan", exact: true }),
            })
          : wholeText(total.count);
      return [t("sumOf", { column: headingParts(column, words.locale).name, value })];
    },
  );
  const notes = [
    plan.title !== null && t("paste.title", { title: plan.title }),
    plan.sums.length > 0 && t("paste.sums", { sums: plan.sums.join("；") }),
    plan.spread > 0 && t("paste.spread", { count: plan.spread }),
    ...plan.notes.map((note) =>
      note.key === "shapeDiffers"
        ? t("paste.shapeDiffers")
        : t(`paste.${note.key}`, { count: note.count }),
    ),
    plan.rounded.length > 0 &&
      t("paste.rounded", {
        count: plan.rounded.length,
        shown: plan.rounded[0]?.shown ?? "",
        stored: plan.rounded[0]?.stored ?? "",
      }),
    totals.unread > 0 && t("paste.unread", { count: totals.unread }),
  ].filter((note) => note !== false);

  function takeShown() {
    const writes = plan.rounded.flatMap(({ row, column, shown }) => {
      const id = rows[row - plan.area.row];
      return id === undefined ? [] : [{ row: id, column, text: shown }];
    });
    store.write("replace", writes, grid.range);
    onClose();
  }

  return (
    <Callout
      live
      tone={totals.unread > 0 || plan.rounded.length > 0 ? "warning" : "success"}
      title={[t("paste.done", { rows: totals.rows }), ...sums].join(
        words.locale === "en" ? ", " : "，",
      )}
      actions={
        <>
          {plan.rounded.length > 0 && (
            <Button size="small" onClick={takeShown}>
              {t("paste.takeShown")}
            </Button>
          )}
          <Button size="small" variant="quiet" onClick={onClose}>
            {t("paste.close")}
          </Button>
        </>
      }
    >
      {[...notes, t("paste.compare")].join(" ")}
    </Callout>
  );
}
