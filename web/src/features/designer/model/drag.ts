/** What is dragged: steps of this journey, or a kind from the palette. */
import type { StepPath } from "../seams";
import { insertKind, moveTo, type Target } from "./actions";
import type { DesignerStore } from "./designer";

const KIND = "application/x-warmline-kind";
const STEPS = "application/x-warmline-steps";

export function dragKind(transfer: DataTransfer, kind: string): void {
  transfer.setData(KIND, kind);
  transfer.effectAllowed = "copy";
}

export function dragSteps(transfer: DataTransfer, paths: readonly StepPath[]): void {
  transfer.setData(STEPS, JSON.stringify(paths));
  transfer.effectAllowed = "move";
}

/** Whether what is dragged may be dropped here. */
export function mayDrop(transfer: DataTransfer): boolean {
  return transfer.types.includes(KIND) || transfer.types.includes(STEPS);
}

export function drop(store: DesignerStore, transfer: DataTransfer, target: Target): void {
  const kind = transfer.getData(KIND);
  if (kind) {
    insertKind(store, kind, target);
    return;
  }
  const paths: unknown = JSON.parse(transfer.getData(STEPS) || "[]");
  if (Array.isArray(paths)) moveTo(store, paths.map(String), target);
}
