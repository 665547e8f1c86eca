declare const minted: unique symbol;

/**
 * Proof that somebody established which organisations this reader may see. Minted by platform/session
 * (and by tests through it) from the database's own answer; every query asks for one.
 */
export type Scope = { readonly organisationIds: readonly number[]; readonly [minted]: true };

export function mintScope(organisationIds: readonly number[]): Scope {
  return { organisationIds } as Scope;
}
