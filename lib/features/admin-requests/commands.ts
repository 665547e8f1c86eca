import "server-only";
import { grantFault, requireAdmin, requireOther } from "@/lib/features/admin/policy";
import { findAdminOrganisation, findUser } from "@/lib/features/admin/queries";
import type { AdminUser } from "@/lib/features/admin/schema";
import type { Actor, Role } from "@/lib/kernel/actor";
import { AppError, refuseField, found } from "@/lib/kernel/app-error";
import { appendAudits, type AuditInput } from "@/lib/platform/audit";
import { sql, type Reader, type Tx } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { insertInto, type Columns } from "@/lib/platform/tables";
import { findAdminRequest } from "./queries";
import type { AdminRequest, ConfirmedRequest, CreateAdminRequestInput } from "./schema";

type Write = { tx: Tx; db: Reader; actor: Actor };
type Asked<K> = Extract<CreateAdminRequestInput, { kind: K }>;
type Row = Partial<Columns<"admin_requests">>;
type Membership = { role: Role; organisation: string };

async function roleRow(
  { tx, db }: Write,
  { role, organisation: code }: Membership,
  user: Pick<AdminUser, "memberships">,
  path: string,
): Promise<Row> {
  const organisation = await findAdminOrganisation({ db, code });
  if (!organisation?.active)
    return refuseField(`${path}organisation`, { key: "unknownCode", values: { value: code } });
  const held = user.memberships.map((membership) => membership.role);
  const fault = grantFault(role, organisation.kind, held);
  if (fault) refuseField(`${path}${fault.field}`, fault.fault);
  if (user.memberships.some((m) => m.role === role && m.organisation === code))
    refuseField(`${path}role`, { key: "roleHeld" });
  const [place] = await tx.rows<{ id: number }>(
    sql`SELECT id FROM organisations WHERE code = ${code}`,
  );
  return { role, organisationId: found(place).id };
}

async function openRow(input: Write, body: Asked<"open-account">): Promise<Row> {
  const { username, nameZh, nameEn, membership } = body;
  const taken = await input.tx.run(sql`SELECT FROM users WHERE username = ${username}`);
  if (taken > 0) refuseField("username", { key: "usernameTaken" });
  const role = await roleRow(input, membership, { memberships: [] }, "membership.");
  return { kind: "OPEN-ACCOUNT", username, nameZh, nameEn, ...role };
}

async function linkRow({ tx }: Write, { user, subject }: Asked<"link-identity">): Promise<Row> {
  const issuer = env().OIDC_ISSUER;
  if (!issuer) return refuseField("subject", { key: "noIdentityProvider" });
  const taken = await tx.run(
    sql`SELECT FROM user_identities WHERE issuer = ${issuer} AND subject = ${subject}`,
  );
  if (taken > 0) refuseField("subject", { key: "identityTaken" });
  return { kind: "LINK-IDENTITY", userId: user, issuer, subject };
}

async function rowOf(input: Write & { body: CreateAdminRequestInput }): Promise<Row> {
  const { body, db, actor } = input;
  if (body.kind === "open-account") return openRow(input, body);
  requireOther(actor, body.user);
  const user = found(await findUser({ db, id: body.user }));
  switch (body.kind) {
    case "grant-role":
      return {
        kind: "GRANT-ROLE",
        userId: user.id,
        ...(await roleRow(input, body, user, "")),
      };
    case "link-identity":
      return linkRow(input, body);
    case "enable-account":
      if (user.active) throw new AppError("STALE");
      return { kind: "ENABLE-ACCOUNT", userId: user.id };
    case "lift-factor":
      if (!user.secondFactor) throw new AppError("STALE");
      return { kind: "LIFT-FACTOR", userId: user.id };
    default:
      return { kind: "RESET-PASSWORD", userId: user.id };
  }
}

/** What a request is about, as its entries tell it. */
function told(request: AdminRequest) {
  return {
    asked: request.kind,
    username: request.account.username,
    nameZh: request.account.nameZh,
    ...(request.role && { role: request.role.role, organisation: request.role.organisation }),
    ...request.identity,
  };
}

export async function createAdminRequest(
  input: Write & { body: CreateAdminRequestInput },
): Promise<AdminRequest> {
  const { tx, db, actor } = input;
  requireAdmin(actor);
  const row = await rowOf(input);
  const [made] = await tx.rows<{ id: string }>(
    sql`${insertInto("admin_requests", [row])} RETURNING id::text AS id`,
  );
  const request = found(await findAdminRequest(db, found(made).id));
  appendAudits(tx, [
    { action: "admin-request.create", subjectId: request.id, body: told(request) },
  ]);
  return request;
}

/** What the deed itself says in the history of the account; that of a new password or a lifted factor is its guard's. */
function deedOf(request: AdminRequest, userId: string): AuditInput[] {
  const { kind, role, identity } = request;
  const { username, nameZh, nameEn } = request.account;
  const granted = role && { role: role.role, organisation: role.organisation };
  switch (kind) {
    case "open-account":
      return [
        {
          action: "user.create",
          subjectId: userId,
          body: { username, nameZh, nameEn, ...granted },
        },
      ];
    case "grant-role":
      return [{ action: "user.grant-role", subjectId: userId, body: { ...granted } }];
    case "link-identity":
      return [{ action: "user.link-identity", subjectId: userId, body: { ...identity } }];
    case "enable-account":
      return [{ action: "user.enable", subjectId: userId, body: { active: true } }];
    case "reset-password":
    case "lift-factor":
      return [];
  }
}

type Deciding = Write & { params: { id: string } };

async function requireWaiting({ db, actor, params }: Deciding): Promise<AdminRequest> {
  requireAdmin(actor);
  const request = found(await findAdminRequest(db, params.id));
  if (request.state !== "pending") throw new AppError("STALE");
  return request;
}

const decide = async (tx: Tx, id: string, decision: string, passwordHash: string | null) => {
  const [row] = await tx.rows<{ id: string | null }>(
    sql`SELECT guard.decide_request(${id}::bigint, ${decision}, ${passwordHash}) AS id`,
  );
  return row?.id ?? null;
};

export async function confirmAdminRequest(
  input: Deciding & { password: string; passwordHash: string },
): Promise<ConfirmedRequest> {
  const { tx, db, actor, params, password, passwordHash } = input;
  const waiting = await requireWaiting(input);
  if (waiting.requestedBy.id === actor.userId) throw new AppError("SECOND_ADMINISTRATOR");
  if (waiting.account.id !== null) requireOther(actor, waiting.account.id);
  const userId = found(await decide(tx, params.id, "CONFIRMED", passwordHash));
  const request = found(await findAdminRequest(db, params.id));
  appendAudits(tx, [
    ...deedOf(request, userId),
    { action: "admin-request.confirm", subjectId: params.id, body: told(request) },
  ]);
  const given = request.kind === "open-account" || request.kind === "reset-password";
  return { request, password: given ? password : null };
}

export async function declineAdminRequest(input: Deciding): Promise<AdminRequest> {
  const { tx, db, actor, params } = input;
  const waiting = await requireWaiting(input);
  const own = waiting.requestedBy.id === actor.userId;
  await decide(tx, params.id, own ? "WITHDRAWN" : "DECLINED", null);
  const request = found(await findAdminRequest(db, params.id));
  appendAudits(tx, [
    {
      action: own ? "admin-request.withdraw" : "admin-request.decline",
      subjectId: params.id,
      body: told(request),
    },
  ]);
  return request;
}
