import type { SaveStatus } from "@/components/form/save-state";
import type { KeeperState } from "@/components/working-copies/copy-keeper";
import type { EntryState } from "./entry-state";

/** What the sign beside the buttons says: 已保存 only for what the server has confirmed. */
export function saveStatus(
  state: EntryState,
  unsaved: boolean,
  kept: KeeperState,
): SaveStatus | null {
  if (state.phase !== "idle") return { state: "saving" };
  if (state.failure === "OFFLINE" || (unsaved && kept.failure === "OFFLINE"))
    return { state: "offline" };
  if (state.failure !== null && state.failure !== "FINDINGS" && unsaved) return { state: "failed" };
  if (unsaved && !kept.saved) return { state: "unsaved" };
  if (unsaved) return { state: state.record ? "keptChange" : "kept" };
  return state.savedAt === null ? null : { state: "saved", at: state.savedAt };
}
