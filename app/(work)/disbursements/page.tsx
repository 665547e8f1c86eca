import type { Route } from "next";
import { redirect } from "next/navigation";

/** Somebody who shortens a record's address looks for the ledger. */
export default function DisbursementsPage() {
  redirect("/ledger" as Route);
}
