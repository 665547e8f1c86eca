import { SkeletonChart, SkeletonFigures, SkeletonHeader } from "@/components/ui/skeleton";

export default function DashboardLoading() {
  return (
    <div className="stack">
      <SkeletonHeader />
      <SkeletonFigures />
      <div className="columns">
        <SkeletonChart />
        <SkeletonChart />
      </div>
    </div>
  );
}
