"use client";

import { ErrorNotice } from "@/components/shell/error-notice";

type ErrorPageProps = { error: Error & { digest?: string }; reset: () => void };

export default function ErrorPage({ error, reset }: ErrorPageProps) {
  return (
    <main>
      <ErrorNotice alone digest={error.digest} retry={reset} />
    </main>
  );
}
