import type { OrganisationKind } from "./actor";

declare const minted: unique symbol;

/** An organisation with everything below it. */
export type Home = {
  readonly id: number;
  readonly kind: OrganisationKind;
  /** The ids of its ancestors and its own: "/1/5/23/". What lies below begins with it. */
  readonly path: string;
  /** Nothing lies below it. */
  readonly leaf: boolean;
};

/** Where a query looks: all of these places together. None = nowhere. */
export type Places = {
  readonly homes: readonly (Home & {
    /** The organisation itself is meant, without what lies below it. */
    readonly alone?: true;
  })[];
  /** Wherever there is anything. */
  readonly everything: boolean;
  /** Of them, those that are counted to one of these prefectures (or, of no prefecture, to this province). */
  readonly prefectures?: readonly Home[] | undefined;
};

/**
 * Proof that somebody established where this reader may read: the outermost organisations at which they
 * hold a role that reads. Minted by platform/db from the database's own answer about the session; every
 * query asks for one.
 */
export type Scope = Pick<Places, "everything"> & {
  readonly homes: readonly Home[];
  readonly [minted]: true;
};

/** Does the reader reach the organisation with this path? */
export const reaches = ({ homes }: Pick<Scope, "homes">, path: string): boolean =>
  homes.some((home) => path.startsWith(home.path));
