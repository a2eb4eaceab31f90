/** Whether the work is saved, in the head of the designer. */
import { CloudAlert, CloudCheck, CloudUpload } from "lucide-react";
import { useT } from "@/i18n/t";
import { StateChip } from "@/ui/StateChip";
import type { DraftKeeper } from "./keeper";
import { useKept } from "./useDraft";

export function SaveChip({ keeper }: { keeper: DraftKeeper }) {
  const t = useT();
  const { draft, saving, problem } = useKept(keeper);
  if (saving === "failed" || saving === "clash") {
    return (
      <span role="alert" title={problem?.message}>
        <StateChip state="late" icon={<CloudAlert size={12} aria-hidden="true" />}>
          {t("versions.unsaved")}
        </StateChip>
      </span>
    );
  }
  if (saving !== "idle") {
    return (
      <StateChip state="wait" icon={<CloudUpload size={12} aria-hidden="true" />}>
        {t("versions.saving")}
      </StateChip>
    );
  }
  if (!draft) return <StateChip state="off">{t("versions.no_draft")}</StateChip>;
  return (
    <StateChip state="ok" icon={<CloudCheck size={12} aria-hidden="true" />}>
      {t("versions.saved")}
    </StateChip>
  );
}
