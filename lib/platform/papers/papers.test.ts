import { deflateSync } from "node:zlib";
import { PDFDocument, PDFName, PDFString, StandardFonts } from "pdf-lib";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { faultOfPdf } from "./check-pdf";
import { redrawn } from "./image";
import { photoDayOf } from "./photo-day";

type Writing = (document: PDFDocument) => void;

async function pdf(write: Writing = () => undefined, packed = false): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  document.addPage().drawText("HTML/CSS/JavaScript and more", { font, x: 40, y: 700 });
  write(document);
  return document.save({ useObjectStreams: packed });
}

const script: Writing = ({ context, catalog }) =>
  catalog.set(
    PDFName.of("OpenAction"),
    context.register(
      context.obj({ Type: "Action", S: "JavaScript", JS: PDFString.of("app.alert(1)") }),
    ),
  );
const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");

/** One object more, before the table of places. */
async function withObject(text: string) {
  const plain = textOf(await pdf());
  return bytesOf(plain.replace("\nxref", `\n${text}\nxref`));
}

describe("a PDF", () => {
  test.each([
    ["a clean one", pdf(), null],
    ["a clean one, packed", pdf(undefined, true), null],
    ["a script", pdf(script), "pdfScript"],
    ["a script in a stream of objects", pdf(script, true), "pdfScript"],
    ["a script by a name in hex", withObject("90 0 obj\n<< /S /J#61vaScript >>\nendobj"), "pdfScript"], // prettier-ignore
    ["a program to be started", withObject("90 0 obj\n<< /AA << /O << /S /Launch >> >> >>\nendobj"), "pdfScript"], // prettier-ignore
    ["a launch", withObject("90 0 obj\n<< /S /Launch >>\nendobj"), "pdfLaunch"],
    ["an attached file", pdf((d) => void d.attach(new Uint8Array([1, 2, 3]), "a.bin")), "pdfEmbedded"], // prettier-ignore
    ["a script that a twin overwrites", withObject("90 0 obj\n<< /S /JavaScript >>\nendobj\n90 0 obj\n<< /S /GoTo >>\nendobj"), "pdfScript"], // prettier-ignore
    ["the same, packed", packedTwins(), "pdfScript"],
    ["an object inside what is shown", withObject("90 0 obj\n<< /Length 60 >>\nstream\n91 0 obj << /S /JavaScript >> endobj\nendstream\nendobj"), "pdfScript"], // prettier-ignore
    ["one that is encrypted", withTrailer("/Encrypt 90 0 R"), "pdfEncrypted"],
    ["one that is cut off", pdf().then((whole) => whole.slice(0, whole.length / 2)), "pdfBroken"],
    ["junk before it", pdf().then((whole) => bytesOf(`junk${textOf(whole)}`)), "pdfBroken"],
    ["what unpacks without end", bomb(), "pdfBroken"],
    ["too many pages", pdf((d) => void Array.from({ length: 200 }, () => d.addPage())), "pdfPages"],
  ])("%s: %#", async (_, made, fault) => {
    expect(await faultOfPdf(await made)).toBe(fault);
  });

  async function withTrailer(entry: string) {
    const text = textOf(await withObject("90 0 obj\n<< /Filter /Standard >>\nendobj"));
    return bytesOf(text.replace("trailer\n<<", `trailer\n<<\n${entry}`));
  }

  function stream(content: Buffer, head: string) {
    return Buffer.concat([
      Buffer.from(`<< ${head} /Length ${content.length} >>\nstream\n`),
      content,
      Buffer.from("\nendstream"),
    ]).toString("latin1");
  }

  /** An object that two streams define, the later one harmless. */
  function packedTwins() {
    const twin = (no: number, said: string) =>
      `${no} 0 obj\n${stream(deflateSync(`80 0 ${said}`), "/Type /ObjStm /N 1 /First 5 /Filter /FlateDecode")}\nendobj`;
    return withObject(`${twin(90, "<< /S /JavaScript >>")}\n${twin(91, "<< /S /GoTo >>")}`);
  }

  function bomb() {
    const zeros = deflateSync(Buffer.alloc(64 * 1024 * 1024));
    return withObject(
      `90 0 obj\n${stream(zeros, "/Type /ObjStm /N 1 /First 5 /Filter /FlateDecode")}\nendobj`,
    );
  }
});

describe("a picture", () => {
  const drawn = (seed: number, width = 600, height = 400) =>
    sharp({
      create: { width, height, channels: 3, background: "#ffffff" },
    }).composite([
      {
        input: Buffer.from(
          `<svg width="${width}" height="${height}">${Array.from({ length: 8 }, (_, n) => `<circle cx="${(n * 97 * seed) % width}" cy="${(n * 61 * seed) % height}" r="${40 + ((n * seed) % 40)}" fill="hsl(${n * 40 * seed},60%,${20 + ((n * 17) % 60)}%)"/>`).join("")}</svg>`,
        ),
      },
    ]);

  test("comes out upright, small enough, and without where it was taken", async () => {
    const taken = await drawn(3, 3000, 1000)
      .withExif({
        IFD0: { Orientation: "6" },
        IFD2: { DateTimeOriginal: "2026:01:17 23:15:00" },
        IFD3: { GPSLatitudeRef: "N" },
      })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const picture = await redrawn(taken);
    const { width, height, exif, orientation, format } = await sharp(picture?.jpeg).metadata();
    expect({ width, height, exif, orientation, format }).toEqual({ width: 800, height: 2400, exif: undefined, orientation: undefined, format: "jpeg" }); // prettier-ignore
  });

  test("says its day as its camera wrote it", async () => {
    const taken = await drawn(3)
      .withExif({ IFD2: { DateTimeOriginal: "2026:01:17 23:15:00" } })
      .jpeg()
      .toBuffer();
    expect((await redrawn(taken))?.takenOn).toBe("2026-01-17");
    expect((await redrawn(await drawn(3).png().toBuffer()))?.takenOn).toBeNull();
    expect(photoDayOf(new Uint8Array([0x49, 0x49, 0x2a, 0, 255, 255, 255, 255]))).toBeNull();
    expect(photoDayOf(new Uint8Array(4))).toBeNull();
  });

  const apart = (a: string | undefined, b: string | undefined) => {
    let different = BigInt.asUintN(64, BigInt(a ?? 0) ^ BigInt(b ?? 0));
    let count = 0;
    for (; different > 0n; different >>= 1n) count += Number(different & 1n);
    return count;
  };

  test("is alike to itself made smaller and coarser, and to no other", async () => {
    const first = await drawn(3).jpeg({ quality: 95 }).toBuffer();
    const again = await sharp(first).resize(450).jpeg({ quality: 60 }).toBuffer();
    const other = await drawn(7).jpeg().toBuffer();
    const [a, b, c] = await Promise.all([redrawn(first), redrawn(again), redrawn(other)]);
    expect(apart(a?.likeness, b?.likeness)).toBeLessThanOrEqual(6);
    expect(apart(a?.likeness, c?.likeness)).toBeGreaterThan(12);
  });

  test("that is none, or too large to draw, is refused", async () => {
    expect(await redrawn(Buffer.from("<svg/>"))).toBeNull();
    const wide = await sharp({ create: { width: 9000, height: 5000, channels: 3, background: "#000" } }).png().toBuffer(); // prettier-ignore
    expect(await redrawn(wide)).toBeNull();
  });
});
