import { answerData } from "@/lib/features/publications/loaders";

/** Open data of a published year, for everybody: 2024.csv, 2024.json, 2024.package.json. */
export async function GET(
  request: Request,
  context: { params: Promise<{ file: string }> },
): Promise<Response> {
  return answerData((await context.params).file, request.headers);
}

export const dynamic = "force-dynamic";
