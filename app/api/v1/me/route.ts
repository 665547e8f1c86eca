import { meContract } from "@/lib/features/session/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(meContract, ({ actor }) =>
  Promise.resolve({
    id: actor.userId,
    username: actor.username,
    nameZh: actor.nameZh,
    nameEn: actor.nameEn,
    isDemo: actor.isDemo,
    memberships: actor.memberships.map(({ role, code, nameZh, nameEn }) => ({
      role,
      organisation: code,
      nameZh,
      nameEn,
    })),
  }),
);
