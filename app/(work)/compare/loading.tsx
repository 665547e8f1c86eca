import { SkeletonChart, SkeletonHeader } from "@/components/ui/skeleton";

export default function CompareLoading() {
  return (
    <div className="stack">
      <SkeletonHeader />
      <SkeletonChart />
    </div>
  );
}
