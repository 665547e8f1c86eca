import { callApi, type NewWrite, type Write } from "@/lib/browser/api-client";
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

type Nothing = Record<string, never>;

export const createUser = (write: NewWrite<CreateUserInput>) => callApi(createUserContract, write);

export const updateUser = ({ id, ...write }: Write<UpdateUserInput>) =>
  callApi(updateUserContract, { params: { id }, ...write });

export const resetPassword = ({ id, ...write }: Write<Nothing>) =>
  callApi(resetPasswordContract, { params: { id }, ...write });

export const grantMembership = ({ id, ...write }: Write<MembershipInput>) =>
  callApi(grantMembershipContract, { params: { id }, ...write });

export const revokeMembership = ({ id, ...write }: Write<Nothing>) =>
  callApi(revokeMembershipContract, { params: { id }, ...write });

export const createOrganisation = (write: NewWrite<CreateOrganisationInput>) =>
  callApi(createOrganisationContract, write);

export const updateOrganisation = ({ id: code, ...write }: Write<UpdateOrganisationInput>) =>
  callApi(updateOrganisationContract, { params: { code }, ...write });

export const updateProgramme = ({ id: code, ...write }: Write<UpdateProgrammeInput>) =>
  callApi(updateProgrammeContract, { params: { code }, ...write });
