"use client";

import { useState } from "react";
import { readDate } from "@/lib/kernel/date-reading";
import { civilDateInChina } from "@/lib/kernel/fiscal-year";
import { WrittenDateInput } from "./written-date-input";

type DayBoundProps = {
  id: string;
  name: string;
  defaultValue?: string | undefined;
  /** A month alone means its first day, or its last. */
  edge: "first" | "last";
  placeholder?: string | undefined;
};

/** A bound of a filter, as a day is written; on leaving it says the day it was read as. The server reads it too. */
export function DayBound({ defaultValue = "", edge, ...control }: DayBoundProps) {
  const [text, setText] = useState(defaultValue);
  const read = readDate(text, civilDateInChina(new Date()), edge);
  const date = read.kind === "date" ? read.date : null;
  return (
    <WrittenDateInput
      {...control}
      value={text}
      date={date}
      onWritten={setText}
      onBlur={() => date !== null && setText(date)}
    />
  );
}
