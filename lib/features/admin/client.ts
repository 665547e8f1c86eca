import { callApi, type NewWrite, type Write } from "@/lib/browser/api-client";
import type {
  createOrganisationContract,
  createProgrammeContract,
  createUserContract,
  grantMembershipContract,
  liftFactorContract,
  linkIdentityContract,
  resetPasswordContract,
  revokeMembershipContract,
  unlinkIdentityContract,
  updateOrganisationContract,
  updateProgrammeContract,
  updateUserContract,
  CreateOrganisationInput,
  CreateProgrammeInput,
  CreateUserInput,
  LinkIdentityInput,
  MembershipInput,
  UnlinkIdentityInput,
  UpdateOrganisationInput,
  UpdateProgrammeInput,
  UpdateUserInput,
} from "./schema";

type Nothing = Record<string, never>;

export const createUser = (write: NewWrite<CreateUserInput>) =>
  callApi<typeof createUserContract>("POST /admin/users", write);

export const updateUser = ({ id, ...write }: Write<UpdateUserInput>) =>
  callApi<typeof updateUserContract>("PATCH /admin/users/{id}", { params: { id }, ...write });

export const resetPassword = ({ id, ...write }: Write<Nothing>) =>
  callApi<typeof resetPasswordContract>("POST /admin/users/{id}/password", {
    params: { id },
    ...write,
  });

export const liftFactor = ({ id, ...write }: Write<Nothing>) =>
  callApi<typeof liftFactorContract>("POST /admin/users/{id}/second-factor/lift", {
    params: { id },
    ...write,
  });

export const linkIdentity = ({ id, ...write }: Write<LinkIdentityInput>) =>
  callApi<typeof linkIdentityContract>("POST /admin/users/{id}/identities", {
    params: { id },
    ...write,
  });

export const unlinkIdentity = ({ id, ...write }: Write<UnlinkIdentityInput>) =>
  callApi<typeof unlinkIdentityContract>("POST /admin/users/{id}/identities/unlink", {
    params: { id },
    ...write,
  });

export const grantMembership = ({ id, ...write }: Write<MembershipInput>) =>
  callApi<typeof grantMembershipContract>("POST /admin/users/{id}/memberships", {
    params: { id },
    ...write,
  });

export const revokeMembership = ({ id, ...write }: Write<Nothing>) =>
  callApi<typeof revokeMembershipContract>("POST /admin/memberships/{id}/revoke", {
    params: { id },
    ...write,
  });

export const createOrganisation = (write: NewWrite<CreateOrganisationInput>) =>
  callApi<typeof createOrganisationContract>("POST /admin/organisations", write);

export const updateOrganisation = ({ id: code, ...write }: Write<UpdateOrganisationInput>) =>
  callApi<typeof updateOrganisationContract>("PATCH /admin/organisations/{code}", {
    params: { code },
    ...write,
  });

export const createProgramme = (write: NewWrite<CreateProgrammeInput>) =>
  callApi<typeof createProgrammeContract>("POST /admin/programmes", write);

export const updateProgramme = ({ id: code, ...write }: Write<UpdateProgrammeInput>) =>
  callApi<typeof updateProgrammeContract>("PATCH /admin/programmes/{code}", {
    params: { code },
    ...write,
  });
