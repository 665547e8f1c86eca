/** Where a file is fetched from. */
export const attachmentHref = (id: string): string => `/api/v1/attachments/${id}`;
