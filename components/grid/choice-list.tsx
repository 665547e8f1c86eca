"use client";

import { useLayoutEffect, useRef, useState } from "react";
import type { Choices } from "./use-choices";
import styles from "./grid.module.css";

const HEIGHT = 264;

export const choiceId = (listId: string, at: number) => `${listId}-${at}`;

/** Over everything, below or above its cell: within the table it would be cut off. */
export function ChoiceList({
  id,
  label,
  choices,
  onTake,
}: {
  id: string;
  label: string;
  choices: Choices;
  onTake: (at: number) => void;
}) {
  const list = useRef<HTMLUListElement>(null);
  const [at, setAt] = useState<{ left: number; top: number } | null>(null);
  const { options, active } = choices;
  useLayoutEffect(() => {
    const cell = list.current?.closest("td")?.getBoundingClientRect();
    if (!cell) return;
    const below = window.innerHeight - cell.bottom > HEIGHT || cell.top < HEIGHT;
    setAt({ left: cell.left, top: below ? cell.bottom + 2 : cell.top - HEIGHT - 2 });
  }, [options.length]);
  useLayoutEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: "nearest" });
  }, [active]);
  return (
    <ul
      id={id}
      ref={list}
      role="listbox"
      aria-label={label}
      className={styles.choices}
      style={at ?? { visibility: "hidden" }}
    >
      {options.map((option, index) => (
        <li
          key={option.value}
          id={choiceId(id, index)}
          role="option"
          aria-selected={index === active}
          data-active={index === active ? "" : undefined}
          onPointerDown={(event) => {
            event.preventDefault();
            onTake(index);
          }}
        >
          {option.label}
          {option.note && <span className="quiet">{option.note}</span>}
        </li>
      ))}
    </ul>
  );
}
