import type { ReactNode } from "react";
import type { SelectOption } from "@/components/form/select";
import type { SavedView } from "@/lib/features/views/schema";
import type { ViewPage } from "@/lib/features/views/types";

export type ViewsProps = {
  page: ViewPage;
  /** Whose remembered columns a new view takes along; a page of figures has none. */
  tableId?: string | undefined;
  views: SavedView[];
  /** From where one may share. */
  shares: SelectOption[];
  /** The view the address names; without `view` it is not there any more. */
  opened: { id: string; view?: SavedView; changed?: boolean } | null;
  /** What the page shows now, as its address says it. */
  query: string;
  /** What its owner may do with an opened view besides. */
  tools?: ReactNode | undefined;
};
