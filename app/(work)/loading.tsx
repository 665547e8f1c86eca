import { SkeletonFigures, SkeletonHeader, SkeletonTable } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <div className="stack">
      <SkeletonHeader />
      <SkeletonFigures />
      <SkeletonTable rows={10} />
    </div>
  );
}
