import "server-only";

/** What a file is by what is in it, whatever it is called. */
export type FileKind = "picture" | "pdf" | "heic" | "ofd" | "unknown";

const KINDS: Readonly<Record<string, FileKind>> = {
  "image/jpeg": "picture",
  "image/png": "picture",
  "image/webp": "picture",
  "application/pdf": "pdf",
  "image/heic": "heic",
  "image/heic-sequence": "heic",
  "image/heif": "heic",
  "image/heif-sequence": "heic",
  // an OFD is an archive, and no other archive is a paper
  "application/zip": "ofd",
};

export async function fileKindOf(bytes: Uint8Array): Promise<FileKind> {
  const { fileTypeFromBuffer } = await import("file-type");
  const found = await fileTypeFromBuffer(bytes);
  return (found && KINDS[found.mime]) ?? "unknown";
}
