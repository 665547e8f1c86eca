import { describe, expect, test } from "vitest";
import { checkDigitOf, kindOf, maskedNumber, readIdNumber, seriesOf } from "./id-number";

// Numbers over the code 639901, which stands in no edition of the regions: nobody has them.
const TODAY = "2026-11-25";
const read = (typed: string, kind: Parameters<typeof readIdNumber>[1] = null, today = TODAY) =>
  readIdNumber(typed, kind, today);
const faultOf = (typed: string, today = TODAY) => read(typed, null, today).fault;

describe("a resident's number", () => {
  test("says birthday and sex", () => {
    expect(read("639901198001010014")).toEqual({
      id: { kind: "resident", number: "639901198001010014", born: "1980-01-01", sex: "male" },
    });
    expect(read("639901198001010022")).toMatchObject({ id: { sex: "female" } });
  });

  test("is the same however it is written", () => {
    const expected = { id: { number: "63990119660228306X", born: "1966-02-28", sex: "female" } };
    for (const typed of [
      "63990119660228306X",
      "６３９９０１１９６６０２２８３０６ｘ",
      " 639901 19660228-306x\u200B",
    ])
      expect(read(typed)).toMatchObject(expected);
  });

  test("of fifteen digits meets that of eighteen", () => {
    expect(read("639901550607123")).toMatchObject({ id: { number: "639901195506071230" } });
    expect(faultOf("639901020304997")).toBe("idOfACentury");
  });

  test("is refused for a wrong check digit: one digit, two neighbours swapped", () => {
    for (const typed of ["639901198001010015", "639901198001020014", "639901198010010014"])
      expect(faultOf(typed)).toBe("idCheckDigit");
    // places 4 and 14 swapped: the rule cannot see it, and a valid number proves nobody
    expect(read("639101198001090014")).toMatchObject({ id: { born: "1980-01-09" } });
  });

  test("is refused for a day that was not, or is not yet", () => {
    for (const typed of [
      "639901190002290015",
      "639901200102290035",
      "639901198013010011",
      "639901198001000019",
    ])
      expect(faultOf(typed)).toBe("idNoSuchDay");
    expect(read("639901200002290011")).toMatchObject({ id: { born: "2000-02-29" } });
    expect(read("639901202611250014")).toMatchObject({ id: { born: TODAY } });
    expect(faultOf("639901202611250014", "2026-11-24")).toBe("idInFuture");
    expect(faultOf("639901209901010010")).toBe("idInFuture");
  });

  test("is not held against the regions of today", () => {
    for (const region of ["632121", "632321"]) {
      const number = `${region}19800101001`;
      expect(read(number + checkDigitOf(number)).fault).toBeUndefined();
    }
  });

  test("that is too long, too short or has letters in it is told so", () => {
    expect(faultOf("6399011980010100140")).toBe("idLength");
    expect(readIdNumber("6399O1198001010014", "resident", TODAY).fault).toBe("idSigns");
    expect(readIdNumber("", "resident", TODAY).fault).toBe("idLength");
    // the last digits lost to a spreadsheet
    expect(faultOf("639901198001010000")).toBe("idCheckDigit");
  });
});

test("other documents: permits and cards by the same rule, passports by their signs", () => {
  for (const number of ["81000019880808003X", "82000019880808004X", "830000198808080017"])
    expect(read(number)).toMatchObject({ id: { kind: "hmt-permit", born: "1988-08-08" } });
  expect(read("96384019850505001X")).toMatchObject({
    id: { kind: "foreign-permanent", born: null },
  });
  expect(read("USA630019850505", "foreign-permanent").fault).toBeUndefined();
  expect(read("e12345678", "passport")).toMatchObject({ id: { number: "E12345678" } });
  expect(read("护照一号", "passport").fault).toBe("idSigns");
  expect(kindOf("E12345678")).toBe("passport");
  expect(kindOf("639901550607123")).toBe("resident");
  expect(read("军字第1234号", "other").fault).toBeUndefined();
  expect(read("1", "other").fault).toBe("idLength");
  expect(seriesOf("hmt-permit")).toBe(seriesOf("resident"));
  expect(seriesOf("passport")).toBe("passport");
});

test("a mask keeps three and four places, of a short number one and two", () => {
  expect(maskedNumber("639901198001010014")).toBe("639***********0014");
  expect(maskedNumber("E12345678")).toBe("E******78");
  expect(maskedNumber("12")).toBe("**");
});
