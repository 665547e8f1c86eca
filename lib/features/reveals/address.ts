/** Whole rosters that somebody asked to see, and who grants it. */
export const revealRequestsHref = () => "/reveals" as const;
