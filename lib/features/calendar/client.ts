import { callApi, type NewWrite, type Write } from "@/lib/browser/api-client";
import type {
  CreateExpectationInput,
  createExpectationContract,
  UpdateExpectationInput,
  updateExpectationContract,
} from "./schema";

export const createExpectation = (write: NewWrite<CreateExpectationInput>) =>
  callApi<typeof createExpectationContract>("POST /admin/expectations", write);

export const updateExpectation = ({ id, ...write }: Write<UpdateExpectationInput>) =>
  callApi<typeof updateExpectationContract>("PATCH /admin/expectations/{id}", {
    params: { id },
    ...write,
  });
