import "server-only";
import { readPage } from "@/lib/platform/session";
import { getPersonalData } from "./queries";
import type { PersonalData } from "./types";

export const loadPersonalData = (): Promise<PersonalData> => readPage(getPersonalData);
