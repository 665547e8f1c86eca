import "server-only";
import { z } from "zod";
import { isReviewNumber } from "@/lib/kernel/review-number";

const flag = z
  .enum(["0", "1", ""])
  .default("")
  .transform((value) => value === "1");
const optionalUrl = z.url().optional();

const MAP_REVIEW_SENTENCE =
  "must be a review number alone 只填审图号本身, e.g. GS（2024）0650号 or 青S（2024）012号";

const envSchema = z
  .object({
    DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, "must be a postgresql:// address"),
    /** The login that reads password hashes and opens sessions; without one of its own, DATABASE_URL's. */
    DATABASE_SIGN_IN_URL: z
      .string()
      .regex(/^postgres(ql)?:\/\//, "must be a postgresql:// address")
      .optional(),
    /** The login of the worker, which acts for those who asked for jobs; without one of its own, DATABASE_URL's. */
    DATABASE_WORKER_URL: z
      .string()
      .regex(/^postgres(ql)?:\/\//, "must be a postgresql:// address")
      .optional(),
    /** The login of /public, which reads what was published and nothing else; without one of its own, DATABASE_URL's. */
    DATABASE_PUBLIC_URL: z
      .string()
      .regex(/^postgres(ql)?:\/\//, "must be a postgresql:// address")
      .optional(),
    NEXTAUTH_SECRET: z.string().min(32, "must have at least 32 characters"),
    /** Signs the checkpoints of the audit chain; its public half is served at /.well-known/. */
    NUANZHANG_CHECKPOINT_KEY: z.string().min(32, "must have at least 32 characters"),
    /** Seal what is kept of people, and recognise them: the keys in use first, older ones behind (lib/platform/keys). */
    NUANZHANG_FIELD_KEYS: z.string().optional(),
    NUANZHANG_INDEX_KEYS: z.string().optional(),
    /** The folder in which files are kept, sealed; the launcher names one below its data folder. */
    NUANZHANG_OBJECTS: z.string().optional(),
    /** A store that speaks S3 instead of the folder: endpoint, bucket and both keys, or none of them. */
    NUANZHANG_S3_ENDPOINT: optionalUrl,
    NUANZHANG_S3_BUCKET: z.string().optional(),
    NUANZHANG_S3_REGION: z.string().default("us-east-1"),
    NUANZHANG_S3_ACCESS_KEY: z.string().optional(),
    NUANZHANG_S3_SECRET_KEY: z.string().optional(),
    NEXTAUTH_URL: optionalUrl,
    NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
    /** Set by the launcher when it runs the embedded database: only then are there demo accounts. */
    NUANZHANG_EMBEDDED: flag,
    /** Behind a reverse proxy of one's own: take the client's address from X-Forwarded-For. */
    TRUST_PROXY: flag,
    /** 审图号: the number under which the outlines of the map were approved for publication. */
    MAP_REVIEW_NUMBER: z
      .string()
      .trim()
      .refine((number) => number === "" || isReviewNumber(number), MAP_REVIEW_SENTENCE)
      .optional(),
    OIDC_ISSUER: optionalUrl,
    OIDC_CLIENT_ID: z.string().optional(),
    OIDC_CLIENT_SECRET: z.string().optional(),
    OIDC_NAME: z.string().default("OIDC"),
  })
  .refine((e) => !e.OIDC_ISSUER || (e.OIDC_CLIENT_ID && e.OIDC_CLIENT_SECRET), {
    message: "OIDC_ISSUER needs OIDC_CLIENT_ID and OIDC_CLIENT_SECRET",
  })
  .refine(
    (e) =>
      !e.NUANZHANG_S3_ENDPOINT ||
      (e.NUANZHANG_S3_BUCKET && e.NUANZHANG_S3_ACCESS_KEY && e.NUANZHANG_S3_SECRET_KEY),
    {
      message:
        "NUANZHANG_S3_ENDPOINT needs NUANZHANG_S3_BUCKET, NUANZHANG_S3_ACCESS_KEY and NUANZHANG_S3_SECRET_KEY",
    },
  );

export type Env = z.infer<typeof envSchema>;
let cached: Env | undefined;

/** The validated environment. Throws one readable error naming every variable that is wrong. */
export function env(): Env {
  if (cached) return cached;
  const parsed = envSchema.safeParse(process.env);
  if (!parsed.success) throw new Error(`Configuration: ${z.prettifyError(parsed.error)}`);
  cached = parsed.data;
  // next-auth reads it by itself: without an address of its own, the server answers to any name
  if (!cached.NEXTAUTH_URL) process.env.AUTH_TRUST_HOST ??= "1";
  return cached;
}

/** What was read is read again: the variables are others now. */
export function forgetEnv(): void {
  cached = undefined;
}

/** The migrations that lay in prisma/migrations when this build was made (see next.config). */
export function bakedMigrations(): string[] {
  return (process.env.NUANZHANG_MIGRATIONS ?? "").split(",").filter((name) => name !== "");
}
