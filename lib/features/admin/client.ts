import { callApi } from "@/lib/browser/api-client";
import {
  createOrganisationContract,
  createUserContract,
  grantMembershipContract,
  resetPasswordContract,
  revokeMembershipContract,
  updateOrganisationContract,
  updateProgrammeContract,
  updateUserContract,
  type CreateOrganisationInput,
  type CreateUserInput,
  type MembershipInput,
  type UpdateOrganisationInput,
  type UpdateProgrammeInput,
  type UpdateUserInput,
} from "./schema";

type Keyed<T> = { body: T; idempotencyKey: string };

export const createUser = (input: Keyed<CreateUserInput>) => callApi(createUserContract, input);

export const updateUser = (id: string, body: UpdateUserInput) =>
  callApi(updateUserContract, { params: { id }, body });

export const resetPassword = (id: string) =>
  callApi(resetPasswordContract, { params: { id }, body: {} });

export const grantMembership = (id: string, body: MembershipInput) =>
  callApi(grantMembershipContract, { params: { id }, body });

export const revokeMembership = (id: number) =>
  callApi(revokeMembershipContract, { params: { id: String(id) }, body: {} });

export const createOrganisation = (input: Keyed<CreateOrganisationInput>) =>
  callApi(createOrganisationContract, input);

export const updateOrganisation = (code: string, body: UpdateOrganisationInput) =>
  callApi(updateOrganisationContract, { params: { code }, body });

export const updateProgramme = (code: string, body: UpdateProgrammeInput) =>
  callApi(updateProgrammeContract, { params: { code }, body });
