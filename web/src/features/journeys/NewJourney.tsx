/** A name for a new journey; it is drawn in the designer and exists once it is published. */
import { useState } from "react";
import type { JourneyLine } from "@/api/settings";
import { navigate } from "@/app/router";
import { useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { TextField } from "@/ui/TextField";

/** Addresses of their own. */
const TAKEN: ReadonlySet<string> = new Set(["names", "schema", "simulate"]);

export function NewJourney({ lines, onClose }: { lines: readonly JourneyLine[]; onClose: () => void }) {
  const t = useT();
  const [id, setId] = useState("");
  const taken = TAKEN.has(id) || lines.some((line) => line.id === id);
  const fits = /^[a-z0-9][a-z0-9-]{0,62}$/.test(id);
  const error = id === "" ? null : taken ? t("journeys.new_taken") : fits ? null : t("journeys.new_bad");
  const go = () => {
    if (fits && !taken) navigate(`/journeys/${id}/edit`);
  };
  return (
    <Dialog
      title={t("journeys.new")}
      open
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t("ui.cancel")}</Button>
          <Button tone="primary" isDisabled={!fits || taken} onPress={go}>
            {t("journeys.new_open")}
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          go();
        }}
      >
        <TextField
          label={t("journeys.new_id")}
          hint={t("journeys.new_hint")}
          value={id}
          onChange={setId}
          error={error}
          maxLength={63}
          autoFocus
        />
      </form>
    </Dialog>
  );
}
