"use client";

import { useEffect, type FocusEvent, type KeyboardEvent, type RefObject } from "react";

const inner = "a[href], button, input";

function cellsOf(row: Element | undefined): HTMLElement[] {
  return row ? [...row.querySelectorAll<HTMLElement>("[data-cell]")] : [];
}

type Move = { row: number; column: number };

function target(key: string, at: Move, last: Move, page: number, ctrl: boolean): Move | null {
  switch (key) {
    case "ArrowDown":
      return { row: at.row + 1, column: at.column };
    case "ArrowUp":
      return { row: at.row - 1, column: at.column };
    case "ArrowRight":
      return { row: at.row, column: at.column + 1 };
    case "ArrowLeft":
      return { row: at.row, column: at.column - 1 };
    case "Home":
      return { row: ctrl ? 0 : at.row, column: 0 };
    case "End":
      return { row: ctrl ? last.row : at.row, column: last.column };
    case "PageDown":
      return { row: at.row + page, column: at.column };
    case "PageUp":
      return { row: at.row - page, column: at.column };
    default:
      return null;
  }
}

const clamp = (value: number, most: number) => Math.min(Math.max(value, 0), most);

/**
 * Tab enters the table once and leaves it once; arrows walk the cells; Enter follows the cell's
 * link, or opens its row. Without script every link stays in the tab order.
 */
export function useCellWalk(body: RefObject<HTMLTableSectionElement | null>, shape: string) {
  useEffect(() => {
    const section = body.current;
    if (!section) return;
    for (const element of section.querySelectorAll<HTMLElement>(inner)) element.tabIndex = -1;
    const cells = section.querySelectorAll<HTMLElement>("[data-cell]");
    const current = section.querySelector('[data-cell][tabindex="0"]');
    if (!current && cells[0]) cells[0].tabIndex = 0;
  }, [body, shape]);

  function onFocus(event: FocusEvent<HTMLElement>) {
    const cell = event.target.closest<HTMLElement>("[data-cell]");
    if (!cell) return;
    body.current
      ?.querySelector<HTMLElement>('[data-cell][tabindex="0"]')
      ?.setAttribute("tabindex", "-1");
    cell.tabIndex = 0;
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    if (!(event.target instanceof HTMLElement) || !event.target.matches("[data-cell]")) return;
    const cell = event.target;
    const rows = [...(body.current?.rows ?? [])];
    const row = cell.closest("tr");
    if (!row) return;
    if (event.key === "Enter" || event.key === " ") {
      const action = cell.querySelector<HTMLElement>(inner) ?? (event.key === "Enter" ? row : null);
      event.preventDefault();
      action?.click();
      return;
    }
    const cells = cellsOf(row);
    const at = { row: rows.indexOf(row), column: cells.indexOf(cell) };
    const next = target(
      event.key,
      at,
      { row: rows.length - 1, column: cells.length - 1 },
      10,
      event.ctrlKey,
    );
    if (!next) return;
    event.preventDefault();
    const line = cellsOf(rows[clamp(next.row, rows.length - 1)]);
    line[clamp(next.column, line.length - 1)]?.focus();
  }

  return { onFocus, onKeyDown };
}
