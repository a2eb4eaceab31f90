/** What people do to the journey in hand, by canvas, outline, palette and keys alike. */
import { t } from "@/i18n/t";
import { showToast } from "@/ui/toasts";
import type { JourneyJson, StepJson, StepPath } from "../seams";
import { blockNames, withBlock } from "./blocks";
import { keep, kept } from "./clipboard";
import type { DesignerStore } from "./designer";
import { begin } from "./kinds";
import {
  addSection,
  changeStep,
  copies,
  freeSection,
  insert,
  inward,
  move,
  outward,
  remove,
  removeSection,
  renameSection,
  shift,
  stepsAt,
  wrap,
} from "./operations";
import { blockAt, pathsByStep, placeOf, START, stepAt } from "./paths";

export interface Target {
  block: StepPath;
  index: number;
}

/** Where something new goes: behind the chosen steps, else at the end of the block pointed at, else of the start. */
export function targetOf(store: DesignerStore): Target {
  const { journey, selected, pointed } = store.state();
  const last = selected.at(-1);
  if (last !== undefined) {
    const { block, index } = placeOf(last);
    return { block, index: index + 1 };
  }
  const block = pointed !== null && blockAt(journey, pointed) !== null ? pointed : START;
  return { block, index: blockAt(journey, block)?.length ?? 0 };
}

/** Where the given steps stand in a document, by the very objects. */
function found(steps: readonly StepJson[]): (journey: JourneyJson) => readonly StepPath[] {
  return (journey) => {
    const paths = pathsByStep(journey);
    return steps.flatMap((step) => paths.get(step) ?? []);
  };
}

export function insertKind(store: DesignerStore, kind: string, target = targetOf(store)): void {
  const step = begin(kind, store.state().journey);
  store.edit(
    { label: "designer.did.insert", apply: (j) => insert(j, target.block, target.index, [step]) },
    found([step]),
  );
}

export function removeChosen(store: DesignerStore): void {
  const { journey, selected } = store.state();
  if (selected.length === 0) return;
  const { block, index } = placeOf(selected[0] ?? "");
  store.edit({ label: "designer.did.remove", apply: (j) => remove(j, selected) }, (next) => {
    const left = blockAt(next, block)?.length ?? 0;
    return left > 0 ? [`${block}/${Math.min(index, left - 1)}`] : [];
  });
  if (store.state().journey !== journey && store.state().selected.length === 0) store.point(block);
}

export function duplicateChosen(store: DesignerStore): void {
  const { journey, selected } = store.state();
  const more = copies(stepsAt(journey, selected));
  if (more.length === 0) return;
  const { block, index } = targetOf(store);
  store.edit({ label: "designer.did.duplicate", apply: (j) => insert(j, block, index, more) }, found(more));
}

export async function copyChosen(store: DesignerStore): Promise<void> {
  const steps = stepsAt(store.state().journey, store.state().selected);
  if (steps.length === 0) return;
  await keep(steps);
  showToast({ text: t("designer.copied", { count: steps.length }) });
}

export async function cutChosen(store: DesignerStore): Promise<void> {
  const steps = stepsAt(store.state().journey, store.state().selected);
  if (steps.length === 0) return;
  removeChosen(store);
  await keep(steps);
}

export async function paste(store: DesignerStore): Promise<void> {
  const steps = await kept();
  if (steps === null) {
    showToast({ text: t("designer.nothing_copied") });
    return;
  }
  const fresh = copies(steps);
  const { block, index } = targetOf(store);
  store.edit({ label: "designer.did.paste", apply: (j) => insert(j, block, index, fresh) }, found(fresh));
}

export type Direction = "up" | "down" | "out" | "in";

export function moveChosen(store: DesignerStore, direction: Direction): void {
  const { selected } = store.state();
  store.edit({
    label: "designer.did.move",
    apply: (j) => {
      if (direction === "out") return outward(j, selected);
      if (direction === "in") return inward(j, selected);
      return shift(j, selected, direction === "up" ? -1 : 1);
    },
  });
}

export function moveTo(store: DesignerStore, paths: readonly StepPath[], { block, index }: Target): void {
  const steps = stepsAt(store.state().journey, paths);
  store.edit({ label: "designer.did.move", apply: (j) => move(j, paths, block, index) }, found(steps));
}

/** Move steps to where the arrangement puts them; the places they were dragged to come back when it is taken back. */
export function putInOrder(store: DesignerStore, paths: readonly StepPath[], { block, index }: Target): void {
  const steps = stepsAt(store.state().journey, paths);
  store.edit({ label: "designer.did.move", apply: (j) => move(j, paths, block, index) }, found(steps), paths);
}

/** Put the chosen steps into the first branch of a new condition. */
export function wrapChosen(store: DesignerStore): void {
  const { journey, selected } = store.state();
  const around = (steps: readonly StepJson[]) => withBlock(begin("when", journey), "then", steps);
  const { block, index } = placeOf(selected[0] ?? "");
  store.edit({ label: "designer.did.wrap", apply: (j) => wrap(j, selected, around) }, () => [`${block}/${index}`]);
}

/** Branches that a step could have and does not: they follow another one until they are there. */
export function missingBranches(step: StepJson): readonly string[] {
  return blockNames(step).filter((name) => !name.includes(":") && step[name] === undefined);
}

export function addBranch(store: DesignerStore, path: StepPath, name: string): void {
  store.edit({
    label: "designer.did.branch",
    apply: (j) => changeStep(j, path, (step) => (step[name] === undefined ? withBlock(step, name, []) : step)),
  });
  if (stepAt(store.state().journey, path)) store.point(`${path}/${name}`);
}

export function newSection(store: DesignerStore): string {
  const name = freeSection(store.state().journey, "section");
  store.edit({ label: "designer.did.section", apply: (j) => addSection(j, name) }, () => []);
  store.point(name);
  return name;
}

export function rename(store: DesignerStore, from: string, to: string): void {
  store.edit({ label: "designer.did.rename", apply: (j) => renameSection(j, from, to) }, () => []);
  store.point(to);
}

export function dropSection(store: DesignerStore, name: string): void {
  store.edit({ label: "designer.did.drop_section", apply: (j) => removeSection(j, name) }, () => []);
}
