import "server-only";
import { turnstile } from "../turnstile";
import { photoDayOf } from "./photo-day";

// A picture is drawn anew: what hides in a file, and where and by which telephone it was taken, does not come with it.

export type Picture = {
  jpeg: Buffer;
  /** The day on the camera's clock, as text (2026-01-17); null where the picture says none. */
  takenOn: string | null;
  /** Sixty-four signs of light and dark, alike for pictures that look alike, as the decimal text of a signed number. */
  likeness: string;
};

const MOST_PIXELS = 40_000_000;
const LONGEST_SIDE = 2400;
const QUALITY = 82;

/** Twelve million pixels take a quarter of a gigabyte: one at a time. */
const inTurn = turnstile(1, 20);

/** Rows of nine greys: each sign says whether a grey is lighter than its neighbour. */
function likenessOf(greys: Uint8Array): string {
  let signs = 0n;
  for (let row = 0; row < 8; row += 1)
    for (let column = 0; column < 8; column += 1) {
      const at = row * 9 + column;
      signs = (signs << 1n) | ((greys[at] ?? 0) > (greys[at + 1] ?? 0) ? 1n : 0n);
    }
  return BigInt.asIntN(64, signs).toString();
}

async function draw(bytes: Buffer): Promise<Picture | null> {
  const { default: sharp } = await import("sharp");
  sharp.concurrency(1);
  sharp.cache(false);
  const options = { limitInputPixels: MOST_PIXELS, failOn: "error" } as const;
  try {
    const { exif } = await sharp(bytes, options).metadata();
    const upright = await sharp(bytes, options)
      .autoOrient()
      .flatten({ background: "#ffffff" })
      .resize({
        width: LONGEST_SIDE,
        height: LONGEST_SIDE,
        fit: "inside",
        withoutEnlargement: true,
      })
      .jpeg({ quality: QUALITY })
      .toBuffer();
    const greys = await sharp(upright).greyscale().resize(9, 8, { fit: "fill" }).raw().toBuffer();
    return { jpeg: upright, takenOn: exif ? photoDayOf(exif) : null, likeness: likenessOf(greys) };
  } catch {
    return null;
  }
}

/** Null where it is no whole picture, or larger than forty million pixels. */
export const redrawn = (bytes: Buffer): Promise<Picture | null> => inTurn(() => draw(bytes));
