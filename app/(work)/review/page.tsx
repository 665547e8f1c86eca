import { getTranslations } from "next-intl/server";
import { ReviewPage } from "@/components/review/review-page";
import { loadReview } from "@/lib/features/review/loaders";

export async function generateMetadata() {
  const t = await getTranslations("review");
  return { title: t("title") };
}

export default async function Page() {
  return <ReviewPage view={await loadReview()} />;
}
