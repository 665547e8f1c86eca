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
