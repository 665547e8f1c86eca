import { z } from "zod";

/** A moment with its zone: without one it would be another moment for each reader. */
export const momentSchema = z.iso.datetime({ offset: true, error: "moment" });

const positionSchema = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/** What a request names a position by: one of the two. */
export const stampFields = {
  asOf: momentSchema.optional().meta({
    description:
      "The figure as it stood then: at the last whole transaction at or before this moment. Not with seq, nor with a status other than approved",
    examples: ["2026-10-26T01:12:00.000Z"],
  }),
  seq: positionSchema.optional().meta({
    description: "The same by the position that an answer named",
  }),
};

/** What an answer says of where it stands. */
export const standingFields = {
  asOf: z.string().meta({
    description:
      "The time of the last entry of the chain that the answer holds; a position, not a clock",
  }),
  seq: z.int().meta({ description: "The position of that entry" }),
};
