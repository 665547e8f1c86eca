import type { Role } from "@/lib/kernel/actor";

export type NavKey =
  | "workbench"
  | "review"
  | "entry"
  | "grid"
  | "import"
  | "ledger"
  | "dashboard"
  | "allotments"
  | "reports"
  | "audit"
  | "calendar"
  | "admin"
  | "help";

export type NavItem = {
  key: NavKey;
  href: string;
  label: string;
  /** Other addresses that belong under this word. */
  also?: readonly string[] | undefined;
  /** Lies below it, and has a word of its own. */
  except?: string | undefined;
};

type Entry = {
  key: NavKey;
  href: string;
  roles: readonly Role[];
  also?: readonly string[];
  except?: string;
};

const everyReader = ["CLERK", "REVIEWER", "PROVINCE", "AUDITOR"] as const;

/** In the order of a working day. An administrator works on accounts and sees no amounts. */
const entries: readonly Entry[] = [
  { key: "workbench", href: "/workbench", roles: everyReader },
  { key: "entry", href: "/entry", roles: ["CLERK"], except: "/entry/grid" },
  { key: "grid", href: "/entry/grid", roles: ["CLERK"] },
  { key: "import", href: "/import", roles: ["CLERK"] },
  { key: "review", href: "/review", roles: ["REVIEWER", "PROVINCE"] },
  { key: "calendar", href: "/calendar", roles: everyReader, also: ["/admin/years"] },
  { key: "ledger", href: "/ledger", roles: everyReader, also: ["/disbursements"] },
  { key: "dashboard", href: "/dashboard", roles: everyReader, also: ["/explain"] },
  { key: "allotments", href: "/allotments", roles: everyReader },
  { key: "reports", href: "/reports", roles: everyReader, also: ["/campaigns"] },
  { key: "audit", href: "/audit", roles: ["AUDITOR", "PROVINCE"] },
  { key: "admin", href: "/admin", roles: ["ADMIN"] },
  { key: "help", href: "/help", roles: [...everyReader, "ADMIN"] },
];

export function navigationFor(roles: readonly Role[]): Omit<NavItem, "label">[] {
  return entries
    .filter((entry) => entry.roles.some((role) => roles.includes(role)))
    .map(({ key, href, also, except }) => ({ key, href, also, except }));
}

/** The words under which an address stands: itself, what lies below it, and its relatives. */
export function isCurrent(
  item: Pick<NavItem, "href" | "also" | "except">,
  pathname: string,
): boolean {
  if (item.except !== undefined && pathname.startsWith(item.except)) return false;
  return [item.href, ...(item.also ?? [])].some(
    (href) => pathname === href || pathname.startsWith(`${href}/`),
  );
}
