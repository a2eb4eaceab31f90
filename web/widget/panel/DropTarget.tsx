/** The conversation's body; files may be dropped anywhere on it. */

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { usePanel } from "./context";
import { Icon } from "./icons";

export function DropTarget({ enabled, children }: { enabled: boolean; children: ComponentChildren }) {
  const { uploads, t } = usePanel();
  const [over, setOver] = useState(false);
  const hasFiles = (event: DragEvent) => enabled && (event.dataTransfer?.types.includes("Files") ?? false);
  return (
    <main
      class="body"
      onDragOver={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        setOver(false);
        if (!hasFiles(event)) return;
        event.preventDefault();
        uploads.add(event.dataTransfer?.files ?? []);
      }}
    >
      {children}
      {over && (
        <div class="drop" aria-hidden="true">
          <Icon name="attach" size={28} />
          {t.dropHere}
        </div>
      )}
    </main>
  );
}
