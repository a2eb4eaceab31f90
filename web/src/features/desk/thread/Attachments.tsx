/** Files of a message: pictures as pictures, everything else by name and size. */
import { FileText } from "lucide-react";
import { api } from "@/api/client";
import { formatBytes } from "@/i18n/format";
import type { Attachment } from "@/live/events";
import styles from "./thread.module.css";

export function Attachments({ files }: { files: readonly Attachment[] }) {
  if (files.length === 0) return null;
  return (
    <ul className={styles.files}>
      {files.map((file) => {
        const url = api.url(`/uploads/${file.id}`);
        return (
          <li key={file.id}>
            <a href={url} target="_blank" rel="noreferrer" className={styles.file}>
              {file.media_type.startsWith("image/") ? (
                <img src={url} alt={file.name} loading="lazy" />
              ) : (
                <>
                  <FileText size={14} aria-hidden="true" /> {file.name}{" "}
                  <small>{formatBytes(file.size_bytes)}</small>
                </>
              )}
            </a>
          </li>
        );
      })}
    </ul>
  );
}
