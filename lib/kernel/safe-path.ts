/**
 * Where to go after signing in, as asked for by whoever wrote the link: a path of this site, else
 * `fallback`. "//evil.example", "/\evil.example" and control characters would lead a browser away.
 */
export function safePath(asked: string | null | undefined, fallback = "/"): string {
  if (!asked || asked.length > 2000 || !/^\/(?![/\\])/.test(asked)) return fallback;
  const astray = [...asked].some((c) => c <= "\u001f" || c === "\u007f" || c === "\\");
  return astray ? fallback : asked;
}
