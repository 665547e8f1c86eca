declare const minted: unique symbol;

/**
 * Proof that somebody established which organisations this reader may see. Minted by platform/db from
 * the database's own answer about the session; every query asks for one.
 */
export type Scope = { readonly organisationIds: readonly number[]; readonly [minted]: true };
