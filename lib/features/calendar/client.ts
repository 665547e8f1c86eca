import { callApi, type NewWrite, type Write } from "@/lib/browser/api-client";
import type {
  CreateExpectationInput,
  createExpectationContract,
  DeclareNilInput,
  declareNilContract,
  UpdateExpectationInput,
  updateExpectationContract,
  WithdrawNilInput,
  withdrawNilContract,
} from "./schema";

export const declareNil = (write: NewWrite<DeclareNilInput>) =>
  callApi<typeof declareNilContract>("POST /calendar/nil", write);

export const withdrawNil = ({ id, ...write }: Write<WithdrawNilInput>) =>
  callApi<typeof withdrawNilContract>("POST /calendar/nil/{id}/withdraw", {
    params: { id },
    ...write,
  });

export const createExpectation = (write: NewWrite<CreateExpectationInput>) =>
  callApi<typeof createExpectationContract>("POST /admin/expectations", write);

export const updateExpectation = ({ id, ...write }: Write<UpdateExpectationInput>) =>
  callApi<typeof updateExpectationContract>("PATCH /admin/expectations/{id}", {
    params: { id },
    ...write,
  });
