export const evidencePackFileHref = (id: string): string => `/api/v1/evidence-packs/${id}/file`;
