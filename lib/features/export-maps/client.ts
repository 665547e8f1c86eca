import { callApi, type NewWrite, type Write } from "@/lib/browser/api-client";
import type {
  createMapContract,
  CreateMapInput,
  updateMapContract,
  UpdateMapInput,
} from "./schema";

export const createMap = (write: NewWrite<CreateMapInput>) =>
  callApi<typeof createMapContract>("POST /admin/maps", write);

export const updateMap = ({ id: code, ...write }: Write<UpdateMapInput>) =>
  callApi<typeof updateMapContract>("PATCH /admin/maps/{code}", { params: { code }, ...write });
