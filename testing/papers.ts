import { PDFDocument, PDFName, PDFString } from "pdf-lib";
import sharp from "sharp";

/** A picture of its own for each seed, as a camera would write it. */
export const picture = (seed: number, taken?: string): Promise<Buffer> =>
  sharp({ create: { width: 640, height: 480, channels: 3, background: "#ffffff" } })
    .composite([
      {
        input: Buffer.from(
          `<svg width="640" height="480">${Array.from({ length: 8 }, (_, n) => `<circle cx="${(n * 97 * seed) % 640}" cy="${(n * 61 * seed) % 480}" r="${40 + ((n * seed) % 60)}" fill="hsl(${(n * 40 * seed) % 360},60%,${20 + ((n * 17 * seed) % 60)}%)"/>`).join("")}</svg>`,
        ),
      },
    ])
    .withExif(taken === undefined ? {} : { IFD2: { DateTimeOriginal: taken } })
    .jpeg()
    .toBuffer();

/** A paper of one page; with a script in it where that is asked for. */
export async function paper(said: string, script = false): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  document.addPage().drawText(said);
  if (script)
    document.catalog.set(
      PDFName.of("OpenAction"),
      document.context.obj({ S: "JavaScript", JS: PDFString.of("app.alert(1)") }),
    );
  return document.save();
}

/** A form as a browser sends it. */
export async function formOf(fields: Record<string, string>, file?: Uint8Array, name = "照片.jpg") {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.set(field, value);
  if (file) form.set("file", new File([new Uint8Array(file)], name));
  const sent = new Response(form);
  return {
    body: new Uint8Array(await sent.arrayBuffer()),
    headers: { "content-type": sent.headers.get("content-type") ?? "" },
  };
}
