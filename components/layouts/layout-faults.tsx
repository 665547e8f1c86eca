"use client";

import { CircleAlert } from "lucide-react";
import { Callout } from "@/components/ui/callout";
import type { Failure } from "@/lib/browser/api-client";
import styles from "./layouts.module.css";

/** What a place in a form is called in the document. */
export const idOf = (place: string): string => `layout-${place === "" ? "whole" : place}`;

/** What is wrong with several fields together, where they stand. */
export function Fault({ place, said }: { place: string; said: string | undefined }) {
  if (said === undefined) return null;
  return (
    <p className={styles.fault} id={`${idOf(place)}-error`}>
      <CircleAlert size={14} aria-hidden />
      <span>{said}</span>
    </p>
  );
}

type LayoutFaultsProps = {
  failure: Failure | null;
  /** What stands above them. */
  head: string;
  /** Fields that say theirs themselves. */
  besides?: readonly string[] | undefined;
};

/** What the server could not read of the file of a form, and where in it. */
export function LayoutFaults({ failure, head, besides = [] }: LayoutFaultsProps) {
  const faults = Object.entries(failure?.fieldErrors ?? {}).filter(
    ([field]) => field.startsWith("layout") && !besides.includes(field),
  );
  if (faults.length === 0) return null;
  return (
    <Callout tone="danger" live>
      {head}
      <ul>
        {faults.map(([field, said]) => (
          <li key={field}>
            {field === "layout" ? "" : `${field.replace(/^layout\./, "")} · `}
            {said.join(" ")}
          </li>
        ))}
      </ul>
    </Callout>
  );
}
