import { SkeletonHeader, SkeletonTable } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <div className="stack">
      <SkeletonHeader />
      <SkeletonTable rows={12} columns={7} />
    </div>
  );
}
