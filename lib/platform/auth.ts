import "server-only";
import type { NextAuthOptions } from "next-auth";
import type { OAuthConfig } from "next-auth/providers/oauth";
import CredentialsProvider from "next-auth/providers/credentials";
import { safePath } from "@/lib/kernel/safe-path";
import { env } from "./env";
import { logError, logWarning } from "./log";
import { ADDRESS_HEADER } from "./request-origin";
import { SESSION_SECONDS, sessionCookieName } from "./session-cookie";
import { checkPassword, endSession, findIdentity, openSession } from "./sign-in";

const OIDC = "oidc";

/** Cookies and callbacks that visitors and providers send: their faults are not ours. */
const FROM_OUTSIDE = /^(JWT_SESSION|OAUTH|SIGNIN_OAUTH|CALLBACK_OAUTH)/;

const passwordProvider = CredentialsProvider({
  id: "credentials",
  credentials: { username: {}, password: {}, newPassword: {}, code: {} },
  authorize: async (typed, request) => {
    const address: unknown = request.headers?.[ADDRESS_HEADER];
    const from = typeof address === "string" ? address : "unknown";
    const { username = "", password = "", newPassword = "", code = "" } = typed ?? {};
    return { id: await checkPassword(username, password, from, newPassword, code) };
  },
});

function oidcProvider(): OAuthConfig<{ sub: string }>[] {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME } = env();
  if (!OIDC_ISSUER || !OIDC_CLIENT_ID || !OIDC_CLIENT_SECRET) return [];
  return [
    {
      id: OIDC,
      name: OIDC_NAME,
      type: "oauth",
      issuer: OIDC_ISSUER,
      wellKnown: `${OIDC_ISSUER.replace(/\/$/, "")}/.well-known/openid-configuration`,
      clientId: OIDC_CLIENT_ID,
      clientSecret: OIDC_CLIENT_SECRET,
      authorization: { params: { scope: "openid" } },
      idToken: true,
      checks: ["pkce", "state", "nonce"],
      profile: (claims) => ({ id: claims.sub }),
    },
  ];
}

/** Whose account this is. A person the provider knows but we do not is refused, never created. */
async function personOf(account: { provider: string; providerAccountId: string }) {
  if (account.provider !== OIDC) return account.providerAccountId;
  return findIdentity(env().OIDC_ISSUER ?? "", account.providerAccountId);
}

/**
 * next-auth checks who somebody is and carries an encrypted cookie; that is all it does here. The
 * cookie holds one opaque token, and whether its session stands is asked of the database each time.
 */
export function authOptions(https: boolean): NextAuthOptions {
  return {
    useSecureCookies: https,
    cookies: {
      sessionToken: {
        name: sessionCookieName(https),
        options: { httpOnly: true, sameSite: "lax", path: "/", secure: https },
      },
    },
    secret: env().NEXTAUTH_SECRET,
    providers: [passwordProvider, ...oidcProvider()],
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    pages: { signIn: "/sign-in", signOut: "/", error: "/sign-in" },
    callbacks: {
      signIn: async ({ account }) =>
        account !== null && (await personOf(account)) !== null
          ? true
          : "/sign-in?error=unknown-identity",
      jwt: async ({ token, account }) => {
        if (!account) return token;
        const userId = await personOf(account);
        if (userId === null) throw new Error("unknown identity");
        const way = account.provider === OIDC ? "provider" : "password";
        return { token: await openSession(userId, new Date(), way) };
      },
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ url, baseUrl }) => {
        const path = url.startsWith(`${baseUrl}/`) ? url.slice(baseUrl.length) : url;
        return `${baseUrl}${safePath(path)}`;
      },
    },
    events: {
      signOut: async ({ token }) => {
        if (typeof token?.["token"] === "string") await endSession(token["token"], "signed-out");
      },
    },
    logger: {
      error: (code, metadata) => {
        const cause = metadata instanceof Error ? metadata : metadata.error;
        if (FROM_OUTSIDE.test(code)) logWarning("auth.refused", cause, { code });
        else logError("auth.failed", cause, { code });
      },
      warn: () => undefined,
      debug: () => undefined,
    },
  };
}
