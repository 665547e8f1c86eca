// What in a PDF would do something. Runs in a thread of its own (check-pdf.ts): plain JavaScript, because the built
// server has no sources to compile. Looked for twice: in what a parser makes of the file, which sees through names in
// hex and objects packed into streams, and in the bytes, which shows what a parser overlooked or overwrote.
import { createRequire } from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import { inflateSync } from "node:zlib";

const { PDFArray, PDFDict, PDFDocument, PDFName, PDFStream } = createRequire(import.meta.url)(
  "pdf-lib/dist/pdf-lib.min.js",
);

const MOST_PAGES = 200;
const MOST_UNPACKED = 32 * 1024 * 1024;
/** Of one file together. */
let room = 2 * MOST_UNPACKED;

/** Names that no paper needs, and the sentence each is refused with. @type {Readonly<Record<string, string>>} */
const ACTING = {
  JS: "pdfScript",
  JavaScript: "pdfScript",
  AA: "pdfScript",
  Launch: "pdfLaunch",
  GoToE: "pdfLaunch",
  GoToR: "pdfLaunch",
  EmbeddedFile: "pdfEmbedded",
  EmbeddedFiles: "pdfEmbedded",
  Filespec: "pdfEmbedded",
  RichMedia: "pdfEmbedded",
  Rendition: "pdfEmbedded",
  XFA: "pdfForm",
  SubmitForm: "pdfForm",
  ImportData: "pdfForm",
};

/** @param {string} name */
const decoded = (name) =>
  name.replace(/#([0-9a-fA-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));

const NAMES = /\/([^\s\0()<>[\]{}/%]+)/g;

/** The first name in this text that acts. @param {string} text @returns {string | null} */
function actingName(text) {
  for (const [, name = ""] of text.matchAll(NAMES)) {
    const fault = ACTING[decoded(name)];
    if (fault !== undefined) return fault;
  }
  return null;
}

/**
 * The text between streams with its strings and comments left out, and apart from it each stream with what stands
 * before it: what is written in them is shown, not done.
 * @param {string} text
 */
function partsOf(text) {
  /** @type {string[]} */
  const plain = [];
  /** @type {{ head: string, body: string }[]} */
  const streams = [];
  let from = 0;
  let at = 0;
  // since the last stream: an object's own words are among them, and none of its strings
  let since = "";
  const leave = (/** @type {number} */ to) => {
    since += `${text.slice(from, at)} `;
    plain.push(text.slice(from, at), " ");
    at = to;
    from = to;
  };
  const marks = /[%(<]|stream(?=\r?\n|\r)/g;
  for (;;) {
    marks.lastIndex = at;
    const found = marks.exec(text);
    if (!found) break;
    at = found.index;
    if (found[0] === "%") {
      const end = text.slice(at).search(/[\r\n]/);
      leave(end < 0 ? text.length : at + end);
    } else if (found[0] === "(") leave(endOfString(text, at));
    else if (found[0] === "<") {
      if (text[at + 1] === "<") at += 2;
      else leave(Math.max(at + 1, text.indexOf(">", at) + 1));
    } else if (text.slice(at - 3, at) === "end") at += 6;
    else {
      const begin = at + 6;
      const end = text.indexOf("endstream", begin);
      const stop = end < 0 ? text.length : end;
      leave(end < 0 ? text.length : end + 9);
      const head = since.slice(Math.max(0, since.lastIndexOf("obj")));
      streams.push({ head, body: text.slice(begin, stop).replace(/^\r?\n/, "") });
      since = "";
    }
  }
  plain.push(text.slice(from));
  return { plain: plain.join(""), streams };
}

/** Strings hold strings; a sign behind a backslash ends none. @param {string} text @param {number} start */
function endOfString(text, start) {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === "\\") at += 1;
    else if (sign === "(") depth += 1;
    else if (sign === ")" && --depth === 0) return at + 1;
  }
  return text.length;
}

/**
 * What a parser would unpack before anybody can look: objects, also those that a later one overwrote, and tables of
 * places. Packed in any way but the one that is usual, or into more than a paper needs, it is not looked at further.
 * @param {{ head: string, body: string }} stream
 */
function unpacked({ head: packed, body }) {
  const head = decoded(packed);
  if (!/\/(ObjStm|XRef)\b/.test(head)) return "";
  const filters = head.match(/\/\w+Decode\b|\/(Fl|AHx|A85|LZW|RL)\b/g) ?? [];
  if (filters.length === 0) return body;
  if (filters.length > 1 || !/^\/(FlateDecode|Fl)$/.test(filters[0] ?? ""))
    throw new Error("packed");
  const plain = inflateSync(Buffer.from(body, "latin1"), { maxOutputLength: MOST_UNPACKED });
  room -= plain.length;
  if (room < 0) throw new Error("packed");
  return /\/ObjStm\b/.test(head) ? plain.toString("latin1") : "";
}

/** @param {Uint8Array} bytes @returns {string | null} */
function faultInBytes(bytes) {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  room = 2 * MOST_UNPACKED;
  const { plain, streams } = partsOf(text);
  const open = actingName(plain);
  if (open !== null) return open;
  for (const stream of streams) {
    // an object inside what is shown: a table of places may lead there
    const hidden = /\d\s+\d+\s+obj\b/.test(stream.body) ? actingName(stream.body) : null;
    const packed = hidden ?? actingName(partsOf(unpacked(stream)).plain);
    if (packed !== null) return packed;
  }
  return null;
}

/** @param {any} object @param {any} context @returns {string | null} */
function faultInObject(object, context) {
  const dict = object instanceof PDFStream ? object.dict : object;
  if (dict instanceof PDFName) return ACTING[dict.decodeText()] ?? null;
  if (dict instanceof PDFArray) {
    for (const one of dict.asArray()) {
      const fault = faultInObject(one, context);
      if (fault !== null) return fault;
    }
    return null;
  }
  if (!(dict instanceof PDFDict)) return null;
  for (const [key, value] of dict.entries()) {
    const name = key.decodeText();
    if (ACTING[name] !== undefined) return ACTING[name];
    if (name === "OpenAction") {
      const opens = context.lookup(value);
      // to open at a page is all that a paper may do by itself
      const goes = opens instanceof PDFDict && opens.get(PDFName.of("S")) === PDFName.of("GoTo");
      if (!(opens instanceof PDFArray) && !goes) return "pdfScript";
    }
    const fault = faultInObject(value, context);
    if (fault !== null) return fault;
  }
  return null;
}

/** Why it is not taken, as the key of a sentence; null where it is clean. @param {Uint8Array} bytes */
async function faultOfPdf(bytes) {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!text.subarray(0, 5).equals(Buffer.from("%PDF-"))) return "pdfBroken";
  if (text.lastIndexOf("%%EOF") < text.length - 2048) return "pdfBroken";
  try {
    // the bytes first: a parser unpacks whatever it is given
    const fault = faultInBytes(bytes);
    if (fault !== null) return fault;
    const document = await PDFDocument.load(bytes, {
      updateMetadata: false,
      throwOnInvalidObject: true,
    });
    for (const [, object] of document.context.enumerateIndirectObjects()) {
      const found = faultInObject(object, document.context);
      if (found !== null) return found;
    }
    const pages = document.getPageCount();
    if (pages === 0) return "pdfBroken";
    return pages > MOST_PAGES ? "pdfPages" : null;
  } catch (error) {
    return /encrypt/i.test(String(error)) ? "pdfEncrypted" : "pdfBroken";
  }
}

if (parentPort && workerData?.pdf) parentPort.postMessage(await faultOfPdf(workerData.pdf));
