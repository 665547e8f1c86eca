import type { Role } from "@/lib/kernel/actor";

export type NavKey =
  | "workbench"
  | "review"
  | "entry"
  | "households"
  | "import"
  | "ledger"
  | "dashboard"
  | "allotments"
  | "reports"
  | "audit"
  | "calendar"
  | "admin";

export type NavItem = {
  key: NavKey;
  href: string;
  label: string;
  /** Other addresses that belong under this word. */
  also?: readonly string[] | undefined;
};

type Entry = { key: NavKey; href: string; roles: readonly Role[]; also?: readonly string[] };

const everyReader = ["CLERK", "REVIEWER", "PROVINCE", "AUDITOR"] as const;

/** In the order of a working day. An administrator works on accounts and sees no amounts. */
const entries: readonly Entry[] = [
  { key: "workbench", href: "/workbench", roles: everyReader },
  { key: "entry", href: "/entry", roles: ["CLERK"] },
  { key: "import", href: "/import", roles: ["CLERK"] },
  { key: "review", href: "/review", roles: ["REVIEWER", "PROVINCE"] },
  { key: "calendar", href: "/calendar", roles: everyReader, also: ["/admin/years", "/years"] },
  { key: "ledger", href: "/ledger", roles: everyReader, also: ["/disbursements", "/reveals"] },
  { key: "households", href: "/households", roles: everyReader, also: ["/rights"] },
  {
    key: "dashboard",
    href: "/dashboard",
    roles: everyReader,
    also: ["/explain", "/cross", "/compare", "/changes"],
  },
  { key: "allotments", href: "/allotments", roles: everyReader, also: ["/projects"] },
  { key: "reports", href: "/reports", roles: everyReader, also: ["/campaigns", "/narrative"] },
  { key: "audit", href: "/audit", roles: ["AUDITOR", "PROVINCE"] },
  { key: "admin", href: "/admin", roles: ["ADMIN"] },
];

export function navigationFor(roles: readonly Role[]): Omit<NavItem, "label">[] {
  return entries
    .filter((entry) => entry.roles.some((role) => roles.includes(role)))
    .map(({ key, href, also }) => ({ key, href, also }));
}

/** The words under which an address stands: itself, what lies below it, and its relatives. */
export function isCurrent(item: Pick<NavItem, "href" | "also">, pathname: string): boolean {
  return [item.href, ...(item.also ?? [])].some(
    (href) => pathname === href || pathname.startsWith(`${href}/`),
  );
}
