import { callApi, type NewWrite, type Write } from "@/lib/browser/api-client";
import type {
  PublishInput,
  publishYearContract,
  WithdrawPublicationInput,
  withdrawPublicationContract,
} from "./schema";

export const publishYear = (write: NewWrite<PublishInput>) =>
  callApi<typeof publishYearContract>("POST /publications", write);

export const withdrawPublication = ({ id, ...write }: Write<WithdrawPublicationInput>) =>
  callApi<typeof withdrawPublicationContract>("POST /publications/{id}/withdraw", {
    params: { id },
    ...write,
  });
