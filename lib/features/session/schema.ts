import { z } from "zod";
import { ROLES } from "@/lib/kernel/actor";
import { contract } from "@/lib/kernel/contract";

export const membershipSchema = z.object({
  role: z.enum(ROLES),
  organisation: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
});

export const meSchema = z.object({
  id: z.string(),
  username: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
  isDemo: z.boolean(),
  memberships: z.array(membershipSchema),
});

export const passwordInputSchema = z.strictObject({
  currentPassword: z.string().min(1, { error: "required" }).max(200, { error: "tooLong" }),
  newPassword: z.string().min(1, { error: "required" }).max(200, { error: "tooLong" }),
});
export type PasswordInput = z.infer<typeof passwordInputSchema>;

export const secondFactorSchema = z.object({
  /** What one's roles ask for: the strictest of them. */
  rule: z.enum(["off", "asked", "required"]),
  confirmed: z.boolean(),
  recoveryCodesLeft: z.int(),
});
export type SecondFactor = z.infer<typeof secondFactorSchema>;
const codeInputSchema = z.strictObject({
  code: z
    .string()
    .trim()
    .min(1, { error: "required" })
    .max(40, { error: "tooLong" })
    .meta({ description: "Six digits of the device, or a recovery code", examples: ["123456"] }),
});
export type CodeInput = z.infer<typeof codeInputSchema>;
const recoveryCodesSchema = z.object({
  /** Shown this once; only their hashes are kept. */
  recoveryCodes: z.array(z.string()),
});
const beganFactorSchema = z.object({
  /** Shown this once: what the device is to know (base32). */
  secret: z.string(),
  /** The same as an otpauth:// address, for a QR code. */
  address: z.string(),
});

const tag = "account";

export const meContract = contract({
  id: "getMe",
  method: "GET",
  path: "/me",
  tag,
  rate: "read",
  summary: "Who is signed in, with which roles at which organisations",
  response: meSchema,
});

export const changePasswordContract = contract({
  id: "changePassword",
  method: "POST",
  path: "/me/password",
  tag,
  rate: "write",
  summary: "Change one's own password; every session of the account ends, this one too",
  body: passwordInputSchema,
  response: z.object({ changed: z.literal(true) }),
});

export const secondFactorContract = contract({
  id: "getSecondFactor",
  method: "GET",
  path: "/me/second-factor",
  tag,
  rate: "read",
  summary: "Whether one signs in with a second factor, and whether one has to",
  response: secondFactorSchema,
});

export const beginFactorContract = contract({
  id: "beginSecondFactor",
  method: "POST",
  path: "/me/second-factor",
  tag,
  rate: "write",
  status: 201,
  answersOnce: true,
  summary:
    "Begin a second factor (RFC 6238: SHA-1, 6 digits, 30 s); it counts once a code is shown",
  body: z.strictObject({}),
  response: beganFactorSchema,
});

export const confirmFactorContract = contract({
  id: "confirmSecondFactor",
  method: "POST",
  path: "/me/second-factor/confirm",
  tag,
  rate: "write",
  answersOnce: true,
  summary:
    "Show a code of the device: from now on it is asked for at sign-in; answers ten recovery codes",
  body: codeInputSchema,
  response: recoveryCodesSchema,
});

export const makeRecoveryCodesContract = contract({
  id: "makeRecoveryCodes",
  method: "POST",
  path: "/me/second-factor/recovery-codes",
  tag,
  rate: "write",
  answersOnce: true,
  summary: "Ten new recovery codes in place of the old ones",
  body: codeInputSchema,
  response: recoveryCodesSchema,
});

export const removeFactorContract = contract({
  id: "removeSecondFactor",
  method: "POST",
  path: "/me/second-factor/remove",
  tag,
  rate: "write",
  summary: "Remove one's second factor; every session of the account ends, this one too",
  body: codeInputSchema,
  response: z.object({ removed: z.literal(true) }),
});

export const proofInputSchema = z.union([
  z.strictObject({
    password: z.string().min(1, { error: "required" }).max(200, { error: "tooLong" }),
  }),
  codeInputSchema,
]);
export type ProofInput = z.infer<typeof proofInputSchema>;

export const proveContract = contract({
  id: "prove",
  method: "POST",
  path: "/me/proof",
  tag,
  rate: "write",
  answersOnce: true,
  summary:
    "Show the password or a code once more: for ten minutes this session then does what answers 403 STEP_UP without (closing a year, a file of the whole province, giving roles)",
  body: proofInputSchema,
  response: z.object({ proven: z.literal(true) }),
});
