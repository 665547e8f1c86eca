import { SkeletonChart, SkeletonHeader } from "@/components/ui/skeleton";

export default function CrossLoading() {
  return (
    <div className="stack">
      <SkeletonHeader />
      <SkeletonChart />
    </div>
  );
}
