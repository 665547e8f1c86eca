import { describe, expect, it } from "vitest";
import { contentSecurityPolicy, securityHeaders } from "./security-headers";

const policy = (https: boolean, development = false) =>
  contentSecurityPolicy({ nonce: "abc", https, development });

describe("contentSecurityPolicy", () => {
  it("runs only scripts that carry the nonce, and evaluates nothing", () => {
    expect(policy(false)).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic';");
    expect(policy(true)).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline| ws:/);
    for (const closed of ["object-src", "frame-src", "base-uri", "frame-ancestors"])
      expect(policy(true)).toContain(`${closed} 'none'`);
  });

  it("asks for https only where there is https: a county reaches the server by plain http", () => {
    expect(policy(false)).not.toContain("upgrade-insecure-requests");
    expect(policy(true)).toContain("upgrade-insecure-requests");
    expect(securityHeaders(false)).not.toHaveProperty("Strict-Transport-Security");
    expect(securityHeaders(true)).toHaveProperty("Strict-Transport-Security");
  });
});
