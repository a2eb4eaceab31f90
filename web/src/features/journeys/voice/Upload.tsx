/** A button that takes a WAV file from this computer. */
import { Upload as UploadIcon } from "lucide-react";
import { FileTrigger } from "react-aria-components/FileTrigger";
import { useT } from "@/i18n/t";
import { Button } from "@/ui/Button";

export interface UploadProps {
  language: string;
  busy: boolean;
  onFile: (file: File) => void;
}

export function Upload({ language, busy, onFile }: UploadProps) {
  const t = useT();
  return (
    <FileTrigger
      acceptedFileTypes={["audio/wav", "audio/x-wav", ".wav"]}
      onSelect={(files) => {
        const file = files?.item(0);
        if (file) onFile(file);
      }}
    >
      <Button
        tone="quiet"
        icon={<UploadIcon size={14} aria-hidden="true" />}
        aria-label={t("journeys.voice.upload_of", { language })}
        isPending={busy}
      >
        {t("journeys.voice.upload")}
      </Button>
    </FileTrigger>
  );
}
