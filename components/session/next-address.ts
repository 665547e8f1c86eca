/**
 * Where to go after signing in. Only a path of this site is taken: "//other.example" and
 * "/\other.example" are addresses of another one to a browser.
 */
export function nextAddress(asked: string | string[] | undefined): string {
  const path = Array.isArray(asked) ? asked[0] : asked;
  if (path === undefined || !/^\/(?![/\\])/.test(path) || /[\u0000-\u001f]/.test(path)) return "/";
  if (path.startsWith("/sign-in") || path.startsWith("/api/")) return "/";
  return path;
}
