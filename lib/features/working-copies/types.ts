/** What is being typed. */
export const COPY_KINDS = ["disbursement"] as const;
