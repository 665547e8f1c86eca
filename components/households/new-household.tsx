"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import type { SelectOption } from "@/components/form/select";
import { householdHref } from "@/lib/features/households/address";
import { HouseholdForm } from "./household-form";

/** A new file; where it is saved, it opens. */
export function NewHousehold({
  today,
  organisations,
}: {
  today: string;
  organisations: readonly SelectOption[];
}) {
  // prettier-ignore
  const router = useRouter();
  return (
    <HouseholdForm
      file={null}
      today={today}
      organisations={organisations}
      onSaved={({ id }) => router.push(householdHref(id) as Route)}
      onCancel={() => router.push("/households")}
    />
  );
}
