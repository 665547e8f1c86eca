/** The file of a batch, to be followed as a link. */
export const batchFileHref = (id: string, no: number): string =>
  `/api/v1/disbursements/${id}/roster/batches/${no}/file`;
