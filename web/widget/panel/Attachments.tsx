/** Files in a message: pictures are shown, everything else is offered for download. */

import { useEffect, useState } from "preact/hooks";
import { fileSize } from "../i18n/strings";
import type { Attachment } from "../protocol";
import { usePanel } from "./context";
import { Icon } from "./icons";

const SHOWN = /^image\/(png|jpeg|gif|webp)$/;

export function Attachments({ files }: { files: Attachment[] }) {
  return (
    <div class="files">
      {files.map((file) =>
        SHOWN.test(file.media_type) ? <Picture key={file.id} file={file} /> : <File key={file.id} file={file} />,
      )}
    </div>
  );
}

function Picture({ file }: { file: Attachment }) {
  const { uploads } = usePanel();
  const [address, setAddress] = useState<string | null>(null);
  const [gone, setGone] = useState(false);
  useEffect(() => {
    let mine: string | null = null;
    let dropped = false;
    uploads.open(file).then(
      (url) => {
        if (dropped) {
          URL.revokeObjectURL(url);
          return;
        }
        mine = url;
        setAddress(url);
      },
      () => setGone(true),
    );
    return () => {
      dropped = true;
      if (mine) URL.revokeObjectURL(mine);
    };
  }, [uploads, file.id]);
  if (gone) return <File file={file} />;
  return address ? <img class="picture" src={address} alt={file.name} /> : <div class="picture picture-loading" />;
}

function File({ file }: { file: Attachment }) {
  const { uploads, state, t } = usePanel();
  const [gone, setGone] = useState(false);
  const download = async () => {
    try {
      const link = document.createElement("a");
      link.href = await uploads.open(file);
      link.download = file.name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    } catch {
      setGone(true);
    }
  };
  return (
    <button type="button" class="file" onClick={download} aria-label={t.download(file.name)}>
      <Icon name="file" size={20} />
      <span class="file-name">{file.name}</span>
      <span class="file-size" role={gone ? "alert" : undefined}>
        {gone ? t.fileGone : fileSize(state.locale, file.size_bytes)}
      </span>
    </button>
  );
}
