"use client";

import { Callout } from "@/components/ui/callout";
import type { Failure } from "@/lib/browser/api-client";

type LayoutFaultsProps = {
  failure: Failure | null;
  /** What stands above them. */
  head: string;
  /** Fields that say theirs themselves. */
  besides?: readonly string[] | undefined;
};

/** What the server could not read of a form, and where in it. */
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
