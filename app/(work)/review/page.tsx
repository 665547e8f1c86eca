import { getTranslations } from "next-intl/server";
import { ReviewPage } from "@/components/review/review-page";
import { loadReview } from "@/lib/features/review/loaders";

export async function generateMetadata() {
  const t = await getTranslations("review");
  return { title: t("title") };
}

export default async function Page() {
  const { reference, queue, unit } = await loadReview();
  return <ReviewPage view={{ reference, queue, unit }} />;
}
