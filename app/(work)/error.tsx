"use client";

import { ErrorNotice } from "@/components/shell/error-notice";

type ErrorPageProps = { error: Error & { digest?: string }; reset: () => void };

export default function ErrorPage({ error, reset }: ErrorPageProps) {
  return <ErrorNotice digest={error.digest} retry={reset} />;
}
