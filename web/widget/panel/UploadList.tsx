/** Files chosen but not sent yet: their progress, and a way to take them back. */

import { fileSize } from "../i18n/strings";
import { usePanel } from "./context";
import { Icon } from "./icons";
import type { Uploads } from "./uploads";

export function UploadList({ uploads }: { uploads: Uploads }) {
  const { state, t } = usePanel();
  return (
    <>
      {uploads.problem && (
        <div class="line line-refused" role="alert">
          <Icon name="alert" size={15} />
          <span>{problemText(uploads, t, fileSize(state.locale, uploads.maxBytes))}</span>
          <button type="button" class="line-button" onClick={() => uploads.dismiss()}>
            {t.dismiss}
          </button>
        </div>
      )}
      {uploads.list.length > 0 && (
        <ul class="uploads">
          {uploads.list.map((upload) => {
            const percent = Math.round(upload.share * 100);
            const words = upload.file ? t.fileReady(upload.name) : t.uploading(upload.name, percent);
            return (
              <li key={upload.id} class="upload">
                <Icon name={upload.file ? "check" : "file"} size={16} />
                <span class="file-name">{upload.name}</span>
                {upload.file ? (
                  <span class="hidden" role="status">
                    {words}
                  </span>
                ) : (
                  <progress max={100} value={percent} aria-label={words} />
                )}
                <button
                  type="button"
                  class="tool"
                  aria-label={t.removeFile(upload.name)}
                  onClick={() => uploads.remove(upload.id)}
                >
                  <Icon name="close" size={14} />
                </button>
              </li>
            );
          })}
        </ul>
      )}
    </>
  );
}

function problemText(uploads: Uploads, t: ReturnType<typeof usePanel>["t"], limit: string): string {
  const problem = uploads.problem;
  if (problem === null) return "";
  switch (problem.kind) {
    case "too_large":
      return t.fileTooLarge(problem.name, limit);
    case "refused":
      return t.fileRefused(problem.name);
    case "too_many":
      return t.fileTooMany;
    case "failed":
      return t.fileFailed(problem.name);
    case "offline":
      return t.fileOffline(problem.name);
  }
}
