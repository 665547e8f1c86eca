import "server-only";
import { randomInt } from "node:crypto";
import type { Actor, OrganisationKind } from "@/lib/kernel/actor";
import { AppError, type FieldError } from "@/lib/kernel/app-error";
import { appendAudits, type AuditInput } from "@/lib/platform/audit";
import type { Reader, Tx } from "@/lib/platform/db";
import { hashPassword } from "@/lib/platform/password";
import { grantFault, requireAdmin, requireOther } from "./policy";
import { findAdminOrganisation, findAdminProgramme, findUser } from "./queries";
import type {
  AdminOrganisation,
  AdminProgramme,
  AdminUser,
  CreateOrganisationInput,
  CreateUserInput,
  MembershipInput,
  PasswordOnce,
  UpdateOrganisationInput,
  UpdateProgrammeInput,
  UpdateUserInput,
} from "./schema";
import { PARENT_KINDS } from "./types";

type Write = { tx: Tx; db: Reader; actor: Actor };

function refuse(field: string, fault: FieldError): never {
  throw new AppError("VALIDATION", { fieldErrors: { [field]: [fault] } });
}

function found<T>(value: T | null): T {
  if (value === null) throw new AppError("NOT_FOUND");
  return value;
}

const record = (
  tx: Tx,
  action: AuditInput["action"],
  subjectId: string,
  body: AuditInput["body"] = {},
): Promise<bigint> => appendAudits(tx, [{ action, subjectId, body }]);

/** Sixteen letters and digits that nobody mistakes for one another: about 79 bits. */
function oncePassword(): string {
  const letters = "abcdefghjkmnpqrstuvwxyz23456789";
  const group = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join("");
  return [group(), group(), group(), group()].join("-");
}

async function grant(
  { tx, actor }: Write,
  user: { id: string; memberships: AdminUser["memberships"] },
  { role, organisation: code }: MembershipInput,
  path: string,
): Promise<void> {
  const organisation = await tx.organisation.findUnique({
    where: { code },
    select: { id: true, kind: true, active: true },
  });
  if (!organisation?.active)
    return refuse(`${path}organisation`, { key: "unknownCode", values: { value: code } });
  const held = user.memberships.map((membership) => membership.role);
  const fault = grantFault(role, organisation.kind as OrganisationKind, held);
  if (fault) refuse(`${path}${fault.field}`, fault.fault);
  if (user.memberships.some((m) => m.role === role && m.organisation === code))
    refuse(`${path}role`, { key: "roleHeld" });
  await tx.membership.create({
    data: { userId: user.id, organisationId: organisation.id, role, grantedBy: actor.userId },
  });
}

export async function createUser(input: Write & { body: CreateUserInput }): Promise<PasswordOnce> {
  const { tx, db, actor, body } = input;
  requireAdmin(actor);
  const { username, nameZh, nameEn, membership } = body;
  if (await tx.user.findUnique({ where: { username }, select: { id: true } }))
    refuse("username", { key: "usernameTaken" });
  const { id } = await tx.user.create({ data: { username, nameZh, nameEn }, select: { id: true } });
  await grant(input, { id, memberships: [] }, membership, "membership.");
  const password = oncePassword();
  const passwordHash = await hashPassword(password);
  await tx.$executeRaw`SELECT guard.set_password(${id}::uuid, ${passwordHash})`;
  const user = found(await findUser({ db, id }));
  await record(tx, "user.create", id, { username, nameZh, nameEn, ...membership });
  return { user, password };
}

type Changes<A> = { [K in keyof A]?: Exclude<A[K], undefined> };

/** What was asked for and differs from what is: the change that the audit tells. */
function changesOf<A extends Record<string, unknown>>(
  before: { readonly [K in keyof A]: unknown },
  asked: A,
): Changes<A> {
  const differs = ([name, value]: [string, unknown]) =>
    value !== undefined && JSON.stringify(value) !== JSON.stringify(before[name]);
  return Object.fromEntries(Object.entries(asked).filter(differs)) as Changes<A>;
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
  const { count } = await tx.user.updateMany({
    where: { id: params.id, version },
    data: { ...changes, version: { increment: 1 } },
  });
  if (count === 0) throw new AppError("STALE");
  const user = found(await findUser({ db, id: params.id }));
  await record(tx, userAction(changes.active), params.id, changes);
  return user;
}

export async function resetPassword(
  input: Write & { params: { id: string } },
): Promise<PasswordOnce> {
  const { tx, db, actor, params } = input;
  requireOther(actor, params.id);
  const user = found(await findUser({ db, id: params.id }));
  const password = oncePassword();
  const passwordHash = await hashPassword(password);
  await tx.$executeRaw`SELECT guard.set_password(${params.id}::uuid, ${passwordHash})`;
  return { user, password };
}

export async function grantMembership(
  input: Write & { params: { id: string }; body: MembershipInput },
): Promise<AdminUser> {
  const { tx, db, actor, params, body } = input;
  requireOther(actor, params.id);
  const before = found(await findUser({ db, id: params.id }));
  await grant(input, before, body, "");
  const user = found(await findUser({ db, id: params.id }));
  await record(tx, "user.grant-role", params.id, body);
  return user;
}

export async function revokeMembership(
  input: Write & { params: { id: string }; now: Date },
): Promise<AdminUser> {
  const { tx, db, actor, params, now } = input;
  requireAdmin(actor);
  const id = Number(params.id);
  const membership = await tx.membership.findFirst({
    where: { id, revokedAt: null, user: { isSystem: false } },
    select: { userId: true, role: true, organisation: { select: { code: true } } },
  });
  if (!membership) throw new AppError("NOT_FOUND");
  requireOther(actor, membership.userId);
  const { count } = await tx.membership.updateMany({
    where: { id, revokedAt: null },
    data: { revokedAt: now },
  });
  if (count === 0) throw new AppError("STALE");
  const user = found(await findUser({ db, id: membership.userId }));
  await record(tx, "user.revoke-role", membership.userId, {
    role: membership.role,
    organisation: membership.organisation.code,
  });
  return user;
}

export async function createOrganisation(
  input: Write & { body: CreateOrganisationInput },
): Promise<AdminOrganisation> {
  const { tx, db, actor, body } = input;
  requireAdmin(actor);
  const { code, nameZh, nameEn, kind } = body;
  const parent = await tx.organisation.findUnique({ where: { code: body.parent } });
  if (!parent?.active)
    return refuse("parent", { key: "unknownCode", values: { value: body.parent } });
  if (!PARENT_KINDS[kind].includes(parent.kind as OrganisationKind))
    refuse("parent", { key: "parentKind" });
  if (await tx.organisation.findUnique({ where: { code }, select: { id: true } }))
    refuse("code", { key: "codeTaken" });
  const [next] = await tx.$queryRaw<{ id: number }[]>`
    SELECT nextval(pg_get_serial_sequence('organisations', 'id'))::int AS id`;
  const id = next?.id ?? 0;
  await tx.organisation.create({
    data: { id, code, nameZh, nameEn, kind, parentId: parent.id, path: `${parent.path}${id}/` },
  });
  await record(tx, "organisation.create", code, body);
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
  const { count } = await tx.organisation.updateMany({
    where: { code: params.code, version },
    data: { ...changes, version: { increment: 1 } },
  });
  if (count === 0) throw new AppError("STALE");
  const organisation = found(await findAdminOrganisation({ db, code: params.code }));
  await record(tx, "organisation.update", params.code, changes);
  return organisation;
}

export async function updateProgramme(
  input: Write & { params: { code: string }; body: UpdateProgrammeInput },
): Promise<AdminProgramme> {
  const { tx, db, actor, params, body } = input;
  requireAdmin(actor);
  const before = found(await findAdminProgramme({ db, code: params.code }));
  const { version, ...asked } = body;
  const changes = changesOf(before, asked);
  const { count } = await tx.programme.updateMany({
    where: { code: params.code, version },
    data: { ...changes, version: { increment: 1 } },
  });
  if (count === 0) throw new AppError("STALE");
  const programme = found(await findAdminProgramme({ db, code: params.code }));
  await record(tx, "programme.update", params.code, changes);
  return programme;
}
