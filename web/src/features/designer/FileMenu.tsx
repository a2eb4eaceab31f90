/** A journey taken along as a file, and brought in from one. */
import { Ellipsis } from "lucide-react";
import { memo, useRef } from "react";
import { ApiError } from "@/api/client";
import { useT } from "@/i18n/t";
import { IconButton } from "@/ui/Button";
import { Menu } from "@/ui/Menu";
import { showToast } from "@/ui/toasts";
import type { DesignerStore } from "./model/designer";
import { type FileForm, FORMS, fileJourney, fileText } from "./model/files";

function isForm(id: string): id is FileForm {
  return id in FORMS;
}

function save(text: string, form: FileForm, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: FORMS[form] }));
  link.download = `${name}.${form}`;
  link.click();
  URL.revokeObjectURL(link.href);
}

async function told(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (failure) {
    if (!(failure instanceof ApiError)) throw failure;
    showToast({ tone: "bad", text: failure.message, fix: failure.fix });
  }
}

export const FileMenu = memo(function FileMenu({ store }: { store: DesignerStore }) {
  const t = useT();
  const file = useRef<HTMLInputElement>(null);
  const read = (chosen: File) =>
    told(async () => {
      const found = await fileJourney(chosen, store.id);
      if (found) store.edit({ label: "designer.did.import", apply: () => ({ ...found, id: store.id }) });
      else showToast({ tone: "bad", text: t("designer.no_journey"), fix: t("designer.no_journey_fix") });
    });
  const write = (form: FileForm) =>
    told(async () => {
      const { journey } = store.state();
      save(await fileText(journey, form), form, journey.id);
    });
  return (
    <>
      <Menu
        label={t("designer.file")}
        trigger={<IconButton label={t("designer.file")} icon={<Ellipsis size={16} aria-hidden="true" />} />}
        groups={[
          {
            id: "file",
            label: t("designer.file"),
            entries: [
              { id: "json", label: t("designer.export") },
              { id: "py", label: t("designer.export_python") },
              { id: "import", label: t("designer.import"), disabled: !store.editable },
            ],
          },
        ]}
        onAction={(id) => {
          if (isForm(id)) void write(id);
          else file.current?.click();
        }}
      />
      <input
        ref={file}
        type="file"
        accept="application/json,.json,.py"
        hidden
        aria-label={t("designer.import")}
        onChange={(event) => {
          const chosen = event.currentTarget.files?.[0];
          if (chosen) void read(chosen);
          event.currentTarget.value = "";
        }}
      />
    </>
  );
});
