import { NotFoundNotice } from "@/components/shell/not-found-notice";
import { loadOwnPage } from "@/lib/features/session/loaders";

export default async function NotFound() {
  return <NotFoundNotice ownHref={await loadOwnPage()} />;
}
