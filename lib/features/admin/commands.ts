import "server-only";
import { randomInt } from "node:crypto";
import type { z } from "zod";
import type { Actor, OrganisationKind, Role } from "@/lib/kernel/actor";
import { AppError, refuseField, found } from "@/lib/kernel/app-error";
import { changesOf } from "@/lib/kernel/changes";
import { appendAudits, type AuditInput } from "@/lib/platform/audit";
import { sql, type Reader, type Tx } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { hashPassword } from "@/lib/platform/password";
import { insertInto, setOf } from "@/lib/platform/tables";
import {
  grantFault,
  isFarReaching,
  needsTwo,
  requireAdmin,
  requireOneEnough,
  requireOther,
} from "./policy";
import { findAdminOrganisation, findAdminProgramme, findUser } from "./queries";
import type {
  AdminOrganisation,
  AdminProgramme,
  AdminUser,
  createProgrammeInputSchema,
  CreateOrganisationInput,
  CreateUserInput,
  LinkIdentityInput,
  MembershipInput,
  PasswordOnce,
  UnlinkIdentityInput,
  UpdateOrganisationInput,
  UpdateProgrammeInput,
  UpdateUserInput,
} from "./schema";
import { PARENT_KINDS } from "./types";

type Write = { tx: Tx; db: Reader; actor: Actor };
type NewPassword = { password: string; passwordHash: string };

const record = (
  tx: Tx,
  action: AuditInput["action"],
  subjectId: string,
  body: AuditInput["body"],
): void => appendAudits(tx, [{ action, subjectId, body }]);

/** Sixteen letters and digits that nobody mistakes for one another: about 79 bits. */
function oncePassword(): string {
  const letters = "abcdefghjkmnpqrstuvwxyz23456789";
  const group = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join("");
  return [group(), group(), group(), group()].join("-");
}

type Place = { id: number; kind: OrganisationKind; active: boolean; path: string };

async function findPlace(tx: Tx, code: string): Promise<Place | undefined> {
  const [place] = await tx.rows<Place>(
    sql`SELECT id, kind, active, path FROM organisations WHERE code = ${code}`,
  );
  return place;
}

async function grant(
  { tx, actor }: Write,
  user: { id: string; memberships: AdminUser["memberships"] },
  { role, organisation: code }: MembershipInput,
  path: string,
): Promise<void> {
  const organisation = await findPlace(tx, code);
  if (!organisation?.active)
    return refuseField(`${path}organisation`, { key: "unknownCode", values: { value: code } });
  const held = user.memberships.map((membership) => membership.role);
  const fault = grantFault(role, organisation.kind, held);
  if (fault) refuseField(`${path}${fault.field}`, fault.fault);
  if (user.memberships.some((m) => m.role === role && m.organisation === code))
    refuseField(`${path}role`, { key: "roleHeld" });
  requireOneEnough(needsTwo(role));
  const membership = { userId: user.id, organisationId: organisation.id, role };
  await tx.run(insertInto("memberships", [{ ...membership, grantedBy: actor.userId }]));
}

/** The password and its hash, before the transaction: Argon2 takes its time, and only administrators get it. */
export async function prepareOncePassword({ actor }: { actor: Actor }): Promise<NewPassword> {
  requireAdmin(actor);
  const password = oncePassword();
  return { password, passwordHash: await hashPassword(password) };
}

export async function createUser(
  input: Write & NewPassword & { body: CreateUserInput },
): Promise<PasswordOnce> {
  const { tx, db, actor, body, password, passwordHash } = input;
  requireAdmin(actor);
  const { username, nameZh, nameEn, membership } = body;
  const taken = await tx.run(sql`SELECT FROM users WHERE username = ${username}`);
  if (taken > 0) refuseField("username", { key: "usernameTaken" });
  const [made] = await tx.rows<{ id: string }>(
    sql`${insertInto("users", [{ username, nameZh, nameEn }])} RETURNING id`,
  );
  const { id } = found(made ?? null);
  await grant(input, { id, memberships: [] }, membership, "membership.");
  await tx.run(sql`SELECT guard.set_password(${id}::uuid, ${passwordHash})`);
  const user = found(await findUser({ db, id }));
  record(tx, "user.create", id, { username, nameZh, nameEn, ...membership });
  return { user, password };
}

function userAction(active: boolean | undefined): AuditInput["action"] {
  if (active === undefined) return "user.update";
  return active ? "user.enable" : "user.disable";
}

export async function updateUser(
  input: Write & { params: { id: string }; body: UpdateUserInput },
): Promise<AdminUser> {
  const { tx, db, actor, params, body } = input;
  requireOther(actor, params.id);
  const before = found(await findUser({ db, id: params.id }));
  const { version, ...asked } = body;
  const changes = changesOf(before, asked);
  requireOneEnough(changes.active === true && isFarReaching(before));
  const set = setOf("users", { ...changes, version: version + 1 });
  const count = await tx.run(
    sql`UPDATE users ${set} WHERE id = ${params.id}::uuid AND version = ${version}`,
  );
  if (count === 0) throw new AppError("STALE");
  const user = found(await findUser({ db, id: params.id }));
  record(tx, userAction(changes.active), params.id, changes);
  return user;
}

export async function resetPassword(
  input: Write & NewPassword & { params: { id: string } },
): Promise<PasswordOnce> {
  const { tx, db, actor, params, password, passwordHash } = input;
  requireOther(actor, params.id);
  const user = found(await findUser({ db, id: params.id }));
  requireOneEnough(isFarReaching(user));
  await tx.run(sql`SELECT guard.set_password(${params.id}::uuid, ${passwordHash})`);
  return { user, password };
}

/** Its own entry is written by the guard that does it. */
export async function liftFactor(input: Write & { params: { id: string } }): Promise<AdminUser> {
  const { tx, db, actor, params } = input;
  requireOther(actor, params.id);
  const user = found(await findUser({ db, id: params.id }));
  requireOneEnough(isFarReaching(user));
  if (!user.secondFactor) throw new AppError("STALE");
  await tx.run(sql`SELECT guard.lift_factor(${params.id}::uuid)`);
  return found(await findUser({ db, id: params.id }));
}

export async function grantMembership(
  input: Write & { params: { id: string }; body: MembershipInput },
): Promise<AdminUser> {
  const { tx, db, actor, params, body } = input;
  requireOther(actor, params.id);
  const before = found(await findUser({ db, id: params.id }));
  await grant(input, before, body, "");
  const user = found(await findUser({ db, id: params.id }));
  record(tx, "user.grant-role", params.id, body);
  return user;
}

export async function revokeMembership(
  input: Write & { params: { id: string }; now: Date },
): Promise<AdminUser> {
  const { tx, db, actor, params, now } = input;
  requireAdmin(actor);
  const id = Number(params.id);
  const [membership] = await tx.rows<{ userId: string; role: Role; organisation: string }>(sql`
    SELECT m.user_id AS "userId", m.role, o.code AS organisation
    FROM memberships m JOIN organisations o ON o.id = m.organisation_id
    JOIN users u ON u.id = m.user_id AND NOT u.is_system
    WHERE m.id = ${id} AND m.revoked_at IS NULL`);
  if (!membership) throw new AppError("NOT_FOUND");
  requireOther(actor, membership.userId);
  const count = await tx.run(
    sql`UPDATE memberships SET revoked_at = ${now} WHERE id = ${id} AND revoked_at IS NULL`,
  );
  if (count === 0) throw new AppError("STALE");
  const user = found(await findUser({ db, id: membership.userId }));
  record(tx, "user.revoke-role", membership.userId, {
    role: membership.role,
    organisation: membership.organisation,
  });
  return user;
}

/** The account's next version: a way in that is added or ended is a change of the account. */
async function nextVersion(tx: Tx, id: string, version: number): Promise<void> {
  const count = await tx.run(
    sql`UPDATE users SET version = version + 1 WHERE id = ${id}::uuid AND version = ${version}`,
  );
  if (count === 0) throw new AppError("STALE");
}

/** Links an account to a person known to the identity provider that this ledger trusts. */
export async function linkIdentity(
  input: Write & { params: { id: string }; body: LinkIdentityInput },
): Promise<AdminUser> {
  const { tx, db, actor, params, body } = input;
  requireOther(actor, params.id);
  requireOneEnough(isFarReaching(found(await findUser({ db, id: params.id }))));
  const issuer = env().OIDC_ISSUER;
  if (!issuer) return refuseField("subject", { key: "noIdentityProvider" });
  const { subject, version } = body;
  const taken = await tx.run(
    sql`SELECT FROM user_identities WHERE issuer = ${issuer} AND subject = ${subject}`,
  );
  if (taken > 0) refuseField("subject", { key: "identityTaken" });
  await nextVersion(tx, params.id, version);
  await tx.run(insertInto("user_identities", [{ issuer, subject, userId: params.id }]));
  record(tx, "user.link-identity", params.id, { issuer, subject });
  return found(await findUser({ db, id: params.id }));
}

export async function unlinkIdentity(
  input: Write & { params: { id: string }; body: UnlinkIdentityInput },
): Promise<AdminUser> {
  const { tx, db, actor, params, body } = input;
  requireOther(actor, params.id);
  found(await findUser({ db, id: params.id }));
  const { issuer, subject, version } = body;
  await nextVersion(tx, params.id, version);
  const ended = await tx.run(sql`
    DELETE FROM user_identities
    WHERE user_id = ${params.id}::uuid AND issuer = ${issuer} AND subject = ${subject}`);
  if (ended === 0) throw new AppError("NOT_FOUND");
  record(tx, "user.unlink-identity", params.id, { issuer, subject });
  return found(await findUser({ db, id: params.id }));
}

export async function createOrganisation(
  input: Write & { body: CreateOrganisationInput },
): Promise<AdminOrganisation> {
  const { tx, db, actor, body } = input;
  requireAdmin(actor);
  const { code, nameZh, nameEn, kind } = body;
  const parent = await findPlace(tx, body.parent);
  if (!parent?.active)
    return refuseField("parent", { key: "unknownCode", values: { value: body.parent } });
  if (!PARENT_KINDS[kind].includes(parent.kind)) refuseField("parent", { key: "parentKind" });
  if (await findPlace(tx, code)) refuseField("code", { key: "codeTaken" });
  const [next] = await tx.rows<{ id: number }>(
    sql`SELECT nextval(pg_get_serial_sequence('organisations', 'id'))::int AS id`,
  );
  const { id } = found(next ?? null);
  const path = `${parent.path}${id}/`;
  const row = { id, code, nameZh, nameEn, kind, parentId: parent.id, path };
  await tx.run(insertInto("organisations", [row]));
  record(tx, "organisation.create", code, body);
  return found(await findAdminOrganisation({ db, code }));
}

export async function updateOrganisation(
  input: Write & { params: { code: string }; body: UpdateOrganisationInput },
): Promise<AdminOrganisation> {
  const { tx, db, actor, params, body } = input;
  requireAdmin(actor);
  const before = found(await findAdminOrganisation({ db, code: params.code }));
  const { version, ...asked } = body;
  const changes = changesOf(before, asked);
  const set = setOf("organisations", { ...changes, version: version + 1 });
  const count = await tx.run(
    sql`UPDATE organisations ${set} WHERE code = ${params.code} AND version = ${version}`,
  );
  if (count === 0) throw new AppError("STALE");
  const organisation = found(await findAdminOrganisation({ db, code: params.code }));
  record(tx, "organisation.update", params.code, changes);
  return organisation;
}

/** Figures were made with it: a programme that joined or left the relief totals would change them. */
async function requireUnused(tx: Tx, code: string): Promise<void> {
  const [row] = await tx.rows<{ used: boolean | null }>(
    sql`SELECT guard.kept_code_in_use('programmes', ${code}) AS used`,
  );
  if (row?.used !== false) refuseField("contributory", { key: "flagInUse" });
}

type ClaimsInput = NonNullable<UpdateProgrammeInput["claims"]>;

/** For years to come alone: lists of a year were judged by what holds in it. */
async function setClaims(tx: Tx, before: AdminProgramme, claims: ClaimsInput): Promise<void> {
  const { period, fromYear, reason } = claims;
  const { from } = before.claims;
  if (fromYear < from)
    refuseField("claims.fromYear", { key: "claimsFrom", values: { year: String(from) } });
  await tx.run(
    sql`SELECT guard.set_claim_period(${before.code}, ${period.toUpperCase()}, ${fromYear}::int, ${reason})`,
  );
}

export async function createProgramme(
  input: Write & { body: z.output<typeof createProgrammeInputSchema> },
): Promise<AdminProgramme> {
  const { tx, db, actor, body } = input;
  requireAdmin(actor);
  const { code, defaultAidCategory, defaultRecipientKind, ...fields } = body;
  const [ids] = await tx.rows<{
    taken: boolean;
    category: number | null;
    kind: number | null;
    next: number;
  }>(sql`
    SELECT EXISTS (SELECT FROM programmes WHERE code = ${code}) AS taken,
      (SELECT id FROM aid_categories WHERE code = ${defaultAidCategory} AND active) AS category,
      (SELECT id FROM recipient_kinds WHERE code = ${defaultRecipientKind} AND active) AS kind,
      (SELECT coalesce(max(sort_order), 0)::int + 1 FROM programmes) AS next`);
  const { taken, category, kind, next } = found(ids ?? null);
  const unknown = (value: string) => ({ key: "unknownCode", values: { value } }) as const;
  if (taken) refuseField("code", { key: "codeTaken" });
  if (category === null) return refuseField("defaultAidCategory", unknown(defaultAidCategory));
  if (kind === null) return refuseField("defaultRecipientKind", unknown(defaultRecipientKind));
  if (!fields.allowedForms.includes(fields.defaultForm))
    refuseField("defaultForm", { key: "formNotAllowed" });
  const row = {
    ...fields,
    code,
    season: fields.season.toUpperCase(),
    allowedForms: fields.allowedForms.map((form) => form.toUpperCase()),
    defaultForm: fields.defaultForm.toUpperCase(),
    defaultAidCategoryId: category,
    defaultRecipientKindId: kind,
    sortOrder: fields.sortOrder ?? next,
  };
  await tx.run(insertInto("programmes", [row]));
  record(tx, "programme.create", code, { ...body, sortOrder: row.sortOrder });
  return found(await findAdminProgramme({ db, code }));
}

export async function updateProgramme(
  input: Write & { params: { code: string }; body: UpdateProgrammeInput },
): Promise<AdminProgramme> {
  const { tx, db, actor, params, body } = input;
  requireAdmin(actor);
  const before = found(await findAdminProgramme({ db, code: params.code }));
  const { version, claims, ...asked } = body;
  const changes = changesOf(before, asked);
  if (claims) await setClaims(tx, before, claims);
  if (changes.contributory !== undefined) await requireUnused(tx, params.code);
  const set = setOf("programmes", { ...changes, version: version + 1 });
  const count = await tx.run(
    sql`UPDATE programmes ${set} WHERE code = ${params.code} AND version = ${version}`,
  );
  if (count === 0) throw new AppError("STALE");
  const programme = found(await findAdminProgramme({ db, code: params.code }));
  record(tx, "programme.update", params.code, {
    ...changes,
    ...(claims && { claimPeriod: claims.period, claimsFromYear: claims.fromYear, words: claims.reason }), // prettier-ignore
  });
  return programme;
}
