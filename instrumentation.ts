/** Runs once, before the first request. A server that must not run says why in a sentence and leaves. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { startUp } = await import("./lib/platform/lifecycle");
  await startUp().catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    console.error(`未能启动 Not started. ${reason}`);
    process.exit(1);
  });
}
