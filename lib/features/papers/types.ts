import type { z } from "zod";
import type { noticeSchema, noticeWordsSchema, PAPER_FORMATS, papersSchema, receiptsSchema, sheetSchema, sheetsMadeSchema } from "./schema"; // prettier-ignore

export type Papers = z.infer<typeof papersSchema>;
export type SignSheet = z.infer<typeof sheetSchema>;
export type PublicNotice = z.infer<typeof noticeSchema>;
export type Objection = z.infer<typeof noticeWordsSchema>;
export type SheetsMade = z.infer<typeof sheetsMadeSchema>;
export type ReceiptFile = z.infer<typeof receiptsSchema>;
export type PaperFormat = (typeof PAPER_FORMATS)[number];

/** A person as the sheet to be signed has them. */
export type SignLine = {
  no: number;
  name: string;
  sex: "male" | "female" | null;
  age: number | null;
  idNumber: string | null;
  account: string | null;
  phone: string | null;
  /** Who takes it in their place. */
  payee: string | null;
  note: string | null;
  amountFen: bigint | null;
  packs: number | null;
};

/** What stands above and below the lines of a paper. */
export type PaperHead = {
  reference: string;
  organisation: string;
  programme: string;
  /** 资金来源, several with what each gives. */
  sources: string;
  year: number;
  /** When it was paid, as far as that is known. */
  day: string;
};
