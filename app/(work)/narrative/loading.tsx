import { SkeletonHeader, SkeletonTable } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <div className="stack">
      <SkeletonHeader />
      <SkeletonTable rows={8} columns={1} />
    </div>
  );
}
