import {
  BookOpenText,
  CalendarCheck,
  ChartColumn,
  ClipboardCheck,
  FilePlus2,
  FileUp,
  HandCoins,
  House,
  LayoutDashboard,
  ScrollText,
  Table2,
  UsersRound,
  type LucideIcon,
} from "lucide-react";
import type { NavKey } from "./navigation";

const icons: Record<NavKey, LucideIcon> = {
  workbench: LayoutDashboard,
  entry: FilePlus2,
  households: House,
  import: FileUp,
  review: ClipboardCheck,
  calendar: CalendarCheck,
  ledger: BookOpenText,
  dashboard: ChartColumn,
  allotments: HandCoins,
  reports: Table2,
  audit: ScrollText,
  admin: UsersRound,
};

export function NavIcon({ of, size = 18 }: { of: NavKey; size?: number }) {
  const Icon = icons[of];
  return <Icon size={size} strokeWidth={1.75} aria-hidden />;
}
