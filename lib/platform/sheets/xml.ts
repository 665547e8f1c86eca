import { SaxesParser } from "saxes";
import { LIMITS } from "./limits";
import { damaged, Refusal } from "./refusal";

export type Attributes = Readonly<Record<string, string>>;
export type XmlReader = {
  /** Names come without their prefix, which every writer chooses for itself. */
  open?: (name: string, attributes: Attributes) => void;
  text?: (text: string) => void;
  close?: (name: string) => void;
  /** Nothing more is wanted. */
  done?: () => boolean;
};

const PLAIN = { position: false, xmlns: false } as const;

const local = (name: string): string => name.slice(name.indexOf(":") + 1);

/** Attributes by their names without prefix; of `id` and `r:id` the prefixed one is kept as `:id`. */
function attributesOf(written: Record<string, string>): Attributes {
  const all: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const name in written) {
    const value = written[name] ?? "";
    const colon = name.indexOf(":");
    all[colon < 0 ? name : name.slice(colon)] = value;
  }
  return all;
}

function encodingOf(first: Buffer): "utf-8" | "utf-16le" | "utf-16be" {
  if (first[0] === 0xff && first[1] === 0xfe) return "utf-16le";
  if (first[0] === 0xfe && first[1] === 0xff) return "utf-16be";
  return "utf-8";
}

function parserFor(reader: XmlReader, heard: () => void): SaxesParser<typeof PLAIN> {
  const parser = new SaxesParser(PLAIN);
  parser.on("error", () => {
    throw damaged();
  });
  // it could name other files, and grow without end
  parser.on("doctype", () => {
    throw new Refusal("sheetDoctype");
  });
  parser.on("xmldecl", ({ encoding }) => {
    if (encoding !== undefined && !/^utf-?(8|16)$/i.test(encoding)) throw damaged();
  });
  parser.on("opentag", ({ name, attributes }) => {
    heard();
    reader.open?.(local(name), attributesOf(attributes));
  });
  parser.on("closetag", ({ name }) => {
    heard();
    reader.close?.(local(name));
  });
  parser.on("text", (text) => reader.text?.(text));
  parser.on("cdata", (text) => reader.text?.(text));
  return parser;
}

/** Reads a part as it comes; well-formed to its end, or refused. */
export async function readXml(pieces: AsyncIterable<Buffer>, reader: XmlReader): Promise<void> {
  let since = 0;
  const parser = parserFor(reader, () => {
    since = 0;
  });
  let decoder: TextDecoder | undefined;
  const write = (text: string) => {
    since += text.length;
    parser.write(text);
    if (since > LIMITS.tagCharacters) throw damaged();
  };
  const decoded = (piece?: Buffer): string => {
    decoder ??= new TextDecoder(encodingOf(piece ?? Buffer.alloc(0)), { fatal: true });
    try {
      return piece ? decoder.decode(piece, { stream: true }) : decoder.decode();
    } catch {
      throw damaged();
    }
  };
  for await (const piece of pieces) {
    write(decoded(piece));
    if (reader.done?.()) return;
  }
  write(decoded());
  parser.close();
}
