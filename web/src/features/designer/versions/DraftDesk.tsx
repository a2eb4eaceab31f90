/** Around the designer of one journey: its draft is kept, and clashes are settled here. */
import { type ReactNode, useEffect } from "react";
import { useT } from "@/i18n/t";
import { showToast } from "@/ui/toasts";
import type { DesignerStore } from "../model/designer";
import { useDesigner } from "../model/use";
import { DraftRoom } from "./DraftRoom";
import type { DraftKeeper } from "./keeper";
import { MergeDialog } from "./MergeDialog";
import { useKeeping, useKept } from "./useDraft";

export interface DraftDeskProps {
  store: DesignerStore;
  keeper: DraftKeeper;
  children: ReactNode;
}

export function DraftDesk({ store, keeper, children }: DraftDeskProps) {
  useKeeping(store, keeper);
  return (
    <DraftRoom.Provider value={keeper}>
      {children}
      <Clashes store={store} keeper={keeper} />
    </DraftRoom.Provider>
  );
}

function Clashes({ store, keeper }: Omit<DraftDeskProps, "children">) {
  const t = useT();
  const designer = useDesigner(store, "versions");
  const { clash, asking, merging, base_version, problem } = useKept(keeper);
  useEffect(() => {
    if (problem && problem.status !== 0 && problem.status < 500 && !clash) {
      showToast({ tone: "bad", text: problem.message, fix: problem.fix });
    }
  }, [problem, clash]);
  if (clash && !asking) return null;
  if (clash) {
    const { base, theirs } = clash;
    return (
      <MergeDialog
        key={`draft ${theirs.revision}`}
        title={t("versions.clash", { name: theirs.updated_by_name })}
        intro={t("versions.clash_text", { name: theirs.updated_by_name })}
        theirName={theirs.updated_by_name}
        designer={designer}
        base={base}
        theirs={theirs.document}
        onMerged={(journey) => {
          designer.replace(journey, "versions.did.merge");
          keeper.accept(theirs);
        }}
        onFork={async () => {
          await keeper.fork(t("versions.fork_name"));
          showToast({ tone: "good", text: t("versions.forked") });
        }}
        onLater={() => keeper.ask(false)}
        onTheirs={() => {
          designer.replace(theirs.document, "versions.did.theirs");
          keeper.accept(theirs);
        }}
      />
    );
  }
  if (merging === null) return null;
  return (
    <MergeDialog
      key={`version ${merging}`}
      title={t("versions.merge_version", { version: merging })}
      intro={t("versions.merge_version_text", { version: merging, base: base_version })}
      theirName={t("journeys.version", { number: merging })}
      designer={designer}
      base={String(base_version)}
      theirs={String(merging)}
      onMerged={(journey) => {
        designer.replace(journey, "versions.did.merge");
        keeper.rebase(merging);
        showToast({ tone: "good", text: t("versions.merged", { version: merging }) });
      }}
      onLater={() => keeper.behind(null)}
    />
  );
}
