/** More than anybody works on at once; the database counts as well (guard.most_working_copies). */
export const MOST_COPIES = 100;
