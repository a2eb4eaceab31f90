/** A field of a card that takes files: chosen, uploaded at once, and sent along with the card. */

import { useLayoutEffect, useReducer, useState } from "preact/hooks";
import type { Attachment, FormField } from "../protocol";
import { usePanel } from "./context";
import { Icon } from "./icons";
import { UploadList } from "./UploadList";
import { Uploads } from "./uploads";

/** The uploads of each field of a card that takes files, by its name; the card is drawn again as they go on. */
export function useCardFiles(fields: readonly FormField[]): ReadonlyMap<string, Uploads> {
  const { session } = usePanel();
  const [files] = useState(() => {
    const own = fields.filter((field) => field.kind === "file");
    return new Map(own.map((field) => [field.name, new Uploads(session)]));
  });
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  useLayoutEffect(() => {
    const stops = [...files.values()].map((uploads) => uploads.subscribe(() => redraw(undefined)));
    return () => {
      for (const stop of stops) stop();
    };
  }, [files]);
  return files;
}

/** Hand over what was uploaded: the entries by name, as they are sent and as they read, and the files themselves. */
export function takeFiles(files: ReadonlyMap<string, Uploads>) {
  const taken = [...files].map(([name, uploads]): [string, Attachment[]] => [name, uploads.take()]);
  return {
    sent: Object.fromEntries(taken.map(([name, list]) => [name, list.map(({ id }) => id).join(" ")])),
    read: Object.fromEntries(taken.map(([name, list]) => [name, list.map((file) => file.name).join(", ")])),
    attachments: taken.flatMap(([, list]) => list),
  };
}

interface Props {
  id: string;
  uploads: Uploads;
  problem: string | undefined;
}

export function CardFile({ id, uploads, problem }: Props) {
  const { t } = usePanel();
  return (
    <>
      <label class="choice card-file">
        <Icon name="attach" size={16} />
        {t.attach}
        <input
          id={id}
          type="file"
          class="hidden"
          multiple
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem ? `${id}-problem` : undefined}
          onChange={(event) => {
            uploads.add(event.currentTarget.files ?? []);
            event.currentTarget.value = "";
          }}
        />
      </label>
      <UploadList uploads={uploads} />
    </>
  );
}
