import type { OrganisationKind, Role } from "@/lib/kernel/actor";

/** Who is signed in, as pages show it. */
export type SessionView = {
  user: { id: string; username: string; nameZh: string; nameEn: string };
  /** Without repeats, the widest reach first. */
  roles: Role[];
  /** The organisation this person works for: where their widest role is held. */
  home: { code: string; nameZh: string; nameEn: string; kind: OrganisationKind };
  isDemo: boolean;
};

export type DemoAccount = {
  username: string;
  nameZh: string;
  nameEn: string;
  role: Role;
  orgNameZh: string;
  orgNameEn: string;
};

/** Printed in the README and on the demonstration's sign-in page; no real account has it. */
export const DEMO_PASSWORD = "nuanzhang-2026";
