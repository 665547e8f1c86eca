import { describe, expect, it } from "vitest";
import { readFailure } from "./sign-in";

describe("readFailure", () => {
  it("says how long a locked account has to wait", () => {
    expect(readFailure("locked:14")).toEqual({ code: "locked", minutes: 14 });
  });

  it("says that a one-time password is to be replaced, why one will not do, and that it is over", () => {
    expect(readFailure("once")).toEqual({ code: "once", fault: null });
    expect(readFailure("once:passwordShort")).toEqual({ code: "once", fault: "passwordShort" });
    expect(readFailure("once-over")).toEqual({ code: "once-over" });
  });

  it("takes what the library says of a wrong password as that", () => {
    expect(readFailure("invalid")).toEqual({ code: "invalid" });
    expect(readFailure("CredentialsSignin")).toEqual({ code: "invalid" });
  });

  it("never blames the reader for what it does not know", () => {
    for (const error of [null, undefined, "", "Configuration", "locked:soon"]) {
      expect(readFailure(error)).toEqual({ code: "unavailable" });
    }
  });
});

describe("a second factor", () => {
  it("is asked for, refused, or made known first", () => {
    const secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    expect(readFailure("code")).toEqual({ code: "code", wrong: false });
    expect(readFailure("code-wrong")).toEqual({ code: "code", wrong: true });
    expect(readFailure(`enrol:${secret}`)).toEqual({ code: "enrol", secret, wrong: false });
    expect(readFailure(`enrol-wrong:${secret}`)).toEqual({ code: "enrol", secret, wrong: true });
    expect(readFailure("enrol:no base32!")).toEqual({ code: "unavailable" });
    expect(readFailure("factor-lost")).toEqual({ code: "factor-lost" });
  });
});
