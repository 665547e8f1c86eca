/** Runs once, before the first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { startOrLeave } = await import("@/lib/platform/lifecycle");
  const { addressesOf, methodsAt } = await import("@/lib/features/open-api/present");
  const { contracts } = await import("@/lib/features/open-api/schema");
  const addresses = addressesOf(contracts);
  await startOrLeave((path) => methodsAt(addresses, path));
}
