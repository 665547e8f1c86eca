import type { ListName } from "./types";

export const listHref = (list: ListName): string => `/admin/lists?list=${list}`;
