/** What can be done with the chosen steps, or the section pointed at, by pressing a button. */
import {
  ArrowDown,
  ArrowLeft,
  ArrowRight,
  ArrowUp,
  Copy,
  Ellipsis,
  FolderPlus,
  Pencil,
  Trash2,
} from "lucide-react";
import { memo, useMemo, useState } from "react";
import { showKeys } from "@/app/commands";
import { useT } from "@/i18n/t";
import { Button, IconButton } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Menu, type MenuEntry } from "@/ui/Menu";
import { TextField } from "@/ui/TextField";
import styles from "../designer.module.css";
import {
  addBranch,
  copyChosen,
  cutChosen,
  type Direction,
  dropSection,
  duplicateChosen,
  missingBranches,
  moveChosen,
  newSection,
  paste,
  removeChosen,
  rename,
  wrapChosen,
} from "../model/actions";
import type { DesignerState, DesignerStore } from "../model/designer";
import { sectionNameProblem } from "../model/operations";
import { START, stepAt } from "../model/paths";
import { useDesignerPart } from "../model/use";
import { blockName } from "../model/words";

const MOVES = [
  { direction: "up", icon: ArrowUp, keys: "Alt ↑" },
  { direction: "down", icon: ArrowDown, keys: "Alt ↓" },
  { direction: "out", icon: ArrowLeft, keys: "Alt ←" },
  { direction: "in", icon: ArrowRight, keys: "Alt →" },
] as const satisfies readonly { direction: Direction; icon: unknown; keys: string }[];

function RenameDialog({ store, from, onClose }: { store: DesignerStore; from: string; onClose: () => void }) {
  const t = useT();
  const [name, setName] = useState(from);
  const problem = name === from ? null : sectionNameProblem(store.state().journey, name);
  const save = () => {
    if (problem !== null) return;
    if (name !== from) rename(store, from, name);
    onClose();
  };
  return (
    <Dialog
      title={t("designer.rename_section")}
      open
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t("ui.cancel")}</Button>
          <Button tone="primary" isDisabled={problem !== null} onPress={save}>
            {t("designer.rename")}
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <TextField
          label={t("designer.section_name")}
          hint={t("designer.section_hint")}
          value={name}
          onChange={setName}
          error={problem && t(`designer.section_problem.${problem}`)}
          autoFocus
        />
      </form>
    </Dialog>
  );
}

/** The button that was pressed goes away with what it was for: the keyboard goes on in the outline. */
function focusTree(): void {
  document.querySelector<HTMLElement>("[role=tree]")?.focus();
}

interface StepToolsProps {
  store: DesignerStore;
  /** No step is chosen. */
  none: boolean;
  /** The branches that the only chosen step could have and does not; the same list until they change. */
  branches: readonly MenuEntry[];
}

/** Drawn again when what can be done changes, not at every step that is chosen. */
const StepTools = memo(function StepTools({ store, none, branches }: StepToolsProps) {
  const t = useT();
  const off = !store.editable || none;
  const entries: readonly MenuEntry[] = [
    { id: "copy", label: t("designer.copy"), keys: showKeys("mod+c"), disabled: none },
    { id: "cut", label: t("designer.cut"), keys: showKeys("mod+x"), disabled: off },
    { id: "paste", label: t("designer.paste"), keys: showKeys("mod+v"), disabled: !store.editable },
    { id: "wrap", label: t("designer.wrap"), keys: showKeys("mod+g"), disabled: off },
  ];
  const onAction = (id: string) => {
    const [only] = store.state().selected;
    if (id === "copy") void copyChosen(store);
    else if (id === "cut") void cutChosen(store);
    else if (id === "paste") void paste(store);
    else if (id === "wrap") wrapChosen(store);
    else if (only !== undefined) addBranch(store, only, id.slice("branch ".length));
  };
  return (
    <>
      {MOVES.map(({ direction, icon: Icon, keys }) => (
        <IconButton
          key={direction}
          label={t(`designer.move.${direction}`)}
          keys={keys}
          icon={<Icon size={14} aria-hidden="true" />}
          isDisabled={off}
          onPress={() => moveChosen(store, direction)}
        />
      ))}
      <IconButton
        label={t("designer.duplicate")}
        keys={showKeys("mod+d")}
        icon={<Copy size={14} aria-hidden="true" />}
        isDisabled={off}
        onPress={() => duplicateChosen(store)}
      />
      <IconButton
        label={t("designer.remove")}
        keys="Del"
        icon={<Trash2 size={14} aria-hidden="true" />}
        isDisabled={off}
        onPress={() => {
          removeChosen(store);
          if (store.state().selected.length === 0) focusTree();
        }}
      />
      <Menu
        label={t("designer.more")}
        trigger={<IconButton label={t("designer.more")} icon={<Ellipsis size={14} aria-hidden="true" />} />}
        groups={[
          { id: "steps", label: t("designer.more"), entries },
          ...(branches.length > 0 ? [{ id: "branches", label: t("designer.branches"), entries: branches }] : []),
        ]}
        onAction={onAction}
      />
    </>
  );
});

const NO_BRANCHES: readonly MenuEntry[] = [];

/** The section pointed at, if it may be renamed and dropped. */
function sectionIn({ journey, pointed }: DesignerState): string | null {
  return pointed !== null && Object.hasOwn(journey.sections, pointed) && pointed !== START ? pointed : null;
}

/** Kind and missing branches of the only chosen step, in one word: most steps have no more to offer than the one before. */
function offeredIn({ journey, selected }: DesignerState): string {
  const step = selected.length === 1 ? stepAt(journey, selected[0] ?? "") : null;
  const missing = step ? missingBranches(step) : [];
  return step && missing.length > 0 ? JSON.stringify([step.step, ...missing]) : "";
}

export const OutlineTools = memo(function OutlineTools({ store }: { store: DesignerStore }) {
  const t = useT();
  const [renaming, setRenaming] = useState<string | null>(null);
  const section = useDesignerPart(store, sectionIn);
  const none = useDesignerPart(store, ({ selected }) => selected.length === 0);
  const offered = useDesignerPart(store, offeredIn);
  const branches = useMemo((): readonly MenuEntry[] => {
    if (offered === "") return NO_BRANCHES;
    const [kind = "", ...names] = JSON.parse(offered) as string[];
    return names.map((name) => ({
      id: `branch ${name}`,
      label: t("designer.add_branch", { branch: blockName({ step: kind }, name, new Map()) }),
    }));
  }, [offered, t]);
  return (
    <div role="toolbar" aria-label={t("designer.tools")} className={styles.tools}>
      {section === null ? (
        <StepTools store={store} none={none} branches={branches} />
      ) : (
        <>
          <IconButton
            label={t("designer.rename_section")}
            icon={<Pencil size={14} aria-hidden="true" />}
            isDisabled={!store.editable}
            onPress={() => setRenaming(section)}
          />
          <IconButton
            label={t("designer.drop_section")}
            icon={<Trash2 size={14} aria-hidden="true" />}
            isDisabled={!store.editable}
            onPress={() => {
              dropSection(store, section);
              focusTree();
            }}
          />
        </>
      )}
      <AddSection store={store} onAdd={setRenaming} />
      {renaming !== null ? (
        <RenameDialog key={renaming} store={store} from={renaming} onClose={() => setRenaming(null)} />
      ) : null}
    </div>
  );
});

const AddSection = memo(function AddSection(props: { store: DesignerStore; onAdd: (name: string) => void }) {
  const { store, onAdd } = props;
  const t = useT();
  return (
    <span className={styles.toolsEnd}>
      <IconButton
        label={t("designer.add_section")}
        icon={<FolderPlus size={14} aria-hidden="true" />}
        isDisabled={!store.editable}
        onPress={() => onAdd(newSection(store))}
      />
    </span>
  );
});
