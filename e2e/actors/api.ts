import { randomUUID } from "node:crypto";
import { type APIRequestContext, type APIResponse, expect, request } from "@playwright/test";

/** The password of all demo accounts, printed at start. */
export const DEMO_PASSWORD = "nuanzhang-2026";

type Json = Record<string, unknown>;
type Uploaded = Record<string, string | { name: string; mimeType: string; buffer: Buffer }>;
export type Cookies = Awaited<ReturnType<APIRequestContext["storageState"]>>;

/** Signs in as next-auth wants it; fails with the reason given, so that no journey goes on without. */
async function signInWith(http: APIRequestContext, username: string, password: string) {
  const csrf = (await (await http.get("/api/auth/csrf")).json()) as { csrfToken: string };
  const answer = await http.post("/api/auth/callback/credentials", {
    form: { csrfToken: csrf.csrfToken, username, password, json: "true" },
    maxRedirects: 0,
  });
  const words = await answer.text();
  expect(words, `${username} signs in (${answer.status()})`).not.toContain("error");
  const { cookies } = await http.storageState();
  expect(
    cookies.some(({ name }) => name.endsWith("next-auth.session-token")),
    `${username} has a session (${answer.status()} ${words})`,
  ).toBe(true);
}

export async function signedInCookies(baseURL: string, username: string): Promise<Cookies> {
  const http = await request.newContext({ baseURL });
  await signInWith(http, username, DEMO_PASSWORD);
  const cookies = await http.storageState();
  await http.dispose();
  return cookies;
}

/** A person using the open API with nothing but HTTP, as a script of another system would. */
export class ApiActor {
  private constructor(private readonly http: APIRequestContext) {}

  static async signIn(
    baseURL: string,
    username: string,
    password = DEMO_PASSWORD,
  ): Promise<ApiActor> {
    const http = await request.newContext({ baseURL });
    await signInWith(http, username, password);
    return new ApiActor(http);
  }

  /** The session of somebody who signed in before, or of a browser. */
  static async with(baseURL: string, storageState: Cookies): Promise<ApiActor> {
    return new ApiActor(await request.newContext({ baseURL, storageState }));
  }

  /** What reaches far asks for the password again after ten minutes, and a worker's sessions grow older than that. */
  async proves(): Promise<void> {
    const answer = await this.http.post("/api/v1/me/proof", { data: { password: DEMO_PASSWORD } });
    expect(answer.status(), await answer.text()).toBe(200);
  }

  /** A server that is busy for now says so with Retry-After, and is asked again: a write with the key it had, as the pages do. */
  private async answered(ask: () => Promise<APIResponse>): Promise<APIResponse> {
    let answer = await ask();
    const isBusy = () => answer.status() === 503 && answer.headers()["retry-after"] !== undefined;
    if (!isBusy()) return answer;
    await expect
      .poll(
        async () => {
          answer = await ask();
          return isBusy();
        },
        { intervals: [2_000], message: await answer.text() },
      )
      .toBe(false);
    return answer;
  }

  private async proven(ask: () => Promise<APIResponse>): Promise<APIResponse> {
    const answer = await this.answered(ask);
    if (answer.status() !== 403 || !(await answer.text()).includes("STEP_UP")) return answer;
    await this.proves();
    return this.answered(ask);
  }

  get(path: string): Promise<APIResponse> {
    return this.proven(() => this.http.get(`/api/v1${path}`));
  }

  /** Sends a write with a key of its own, or with the one given to repeat an earlier attempt. */
  send(
    method: "POST" | "PATCH" | "PUT",
    path: string,
    body: Json,
    key: string = randomUUID(),
  ): Promise<APIResponse> {
    return this.proven(() =>
      this.http.fetch(`/api/v1${path}`, {
        method,
        data: body,
        headers: { "Idempotency-Key": key },
      }),
    );
  }

  /** A form with a file, as a script of another system sends it. */
  async upload<T = Json>(path: string, form: Uploaded): Promise<T> {
    const response = await this.http.post(`/api/v1${path}`, {
      multipart: form,
      headers: { "Idempotency-Key": randomUUID() },
    });
    expect(response.status(), `${path}: ${await response.text()}`).toBe(201);
    return (await response.json()) as T;
  }

  async read<T = Json>(path: string): Promise<T> {
    const response = await this.get(path);
    expect(response.status(), `${path}: ${await response.text()}`).toBe(200);
    return (await response.json()) as T;
  }

  async write<T = Json>(method: "POST" | "PATCH" | "PUT", path: string, body: Json): Promise<T> {
    const response = await this.send(method, path, body);
    // what is new answers 201; a change or a step on what is there answers 200
    const expected =
      method === "POST" && !/\/\d+(\/|$)|^\/households\/[^/]+\//.test(path) ? 201 : 200;
    expect(response.status(), `${path}: ${await response.text()}`).toBe(expected);
    return (await response.json()) as T;
  }

  dispose(): Promise<void> {
    return this.http.dispose();
  }
}
