/** Files on their way into a reply: chosen, dropped or pasted, sent up at once. */
import { Paperclip, X } from "lucide-react";
import { useCallback, useState } from "react";
import { Button } from "react-aria-components/Button";
import { FileTrigger } from "react-aria-components/FileTrigger";
import { ApiError, api } from "@/api/client";
import { formatBytes } from "@/i18n/format";
import { useT } from "@/i18n/t";
import type { Attachment } from "@/live/events";
import { IconButton } from "@/ui/Button";
import { showToast } from "@/ui/toasts";
import styles from "./composer.module.css";

export interface Uploads {
  files: readonly Attachment[];
  busy: boolean;
  add: (files: Iterable<File>) => Promise<void>;
  remove: (id: string) => void;
  clear: () => void;
}

export function useUploads(): Uploads {
  const [files, setFiles] = useState<readonly Attachment[]>([]);
  const [running, setRunning] = useState(0);
  const add = useCallback(async (chosen: Iterable<File>) => {
    for (const file of [...chosen]) {
      const form = new FormData();
      form.set("file", file);
      setRunning((count) => count + 1);
      try {
        const uploaded = await api.post<Attachment>("/uploads", form);
        setFiles((before) => [...before, uploaded]);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        showToast({ tone: "bad", text: `${file.name}: ${error.message}`, fix: error.fix });
      } finally {
        setRunning((count) => count - 1);
      }
    }
  }, []);
  const remove = useCallback((id: string) => setFiles((before) => before.filter((file) => file.id !== id)), []);
  const clear = useCallback(() => setFiles([]), []);
  return { files, busy: running > 0, add, remove, clear };
}

export function AttachButton({ uploads }: { uploads: Uploads }) {
  const t = useT();
  return (
    <FileTrigger allowsMultiple onSelect={(chosen) => chosen && void uploads.add(chosen)}>
      <Button className={styles.tool}>
        <Paperclip size={14} aria-hidden="true" />
        {t("composer.file")}
      </Button>
    </FileTrigger>
  );
}

export function AttachedFiles({ uploads }: { uploads: Uploads }) {
  const t = useT();
  if (uploads.files.length === 0 && !uploads.busy) return null;
  return (
    <ul className={styles.attached} aria-label={t("composer.attached")}>
      {uploads.files.map((file) => (
        <li key={file.id}>
          <Paperclip size={12} aria-hidden="true" /> {file.name} <small>{formatBytes(file.size_bytes)}</small>
          <IconButton
            label={t("composer.remove_file", { name: file.name })}
            icon={<X size={12} aria-hidden="true" />}
            onPress={() => uploads.remove(file.id)}
          />
        </li>
      ))}
      {uploads.busy ? <li role="status">{t("composer.uploading")}</li> : null}
    </ul>
  );
}
