/** What is said, to whom, until when; who hears it at this moment; and the button that starts it. */
import { useEffect, useRef, useState } from "react";
import { api } from "@/api/client";
import { useSending } from "@/api/sending";
import { useItems } from "@/api/settings";
import { LOCALES } from "@/i18n/locale";
import { localText, useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Select } from "@/ui/Select";
import { TextField } from "@/ui/TextField";
import { showToast } from "@/ui/toasts";
import { type Draft, draftBody, draftOf, lengthsWith, type PreparedMessage } from "./emergency";
import styles from "./emergency.module.css";
import { Hears } from "./Hears";
import { ScopeFields } from "./ScopeFields";
import { useHearing } from "./useHearing";

export default function EmergencyDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const { data, error } = useItems<PreparedMessage>("/prepared-messages");
  const [draft, setDraft] = useState<Draft | null>(null);
  const { busy, problem, send } = useSending();
  const id = useRef(crypto.randomUUID()); // pressed twice, it is still one announcement
  const first = data?.items[0];
  useEffect(() => {
    if (first) setDraft((before) => before ?? draftOf(first));
  }, [first]);
  const { hearing, problem: unheard } = useHearing(draft);
  const change = (part: Partial<Draft>) => setDraft((before) => (before ? { ...before, ...part } : before));

  const start = async () => {
    if (!draft) return;
    await send(async () => {
      await api.post("/emergency", {
        ...draftBody(draft, Date.now()),
        id: id.current,
        prepared_id: draft.prepared_id,
      });
      showToast({ tone: "good", text: t("emergency.started") });
      onClose();
    });
  };
  const people = hearing ? hearing.waiting_now + hearing.self_service_now : null;
  return (
    <Dialog
      open
      wide
      title={t("emergency.start")}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t("ui.cancel")}</Button>
          <Button large tone="danger" isDisabled={!draft || busy || hearing === null} onPress={() => void start()}>
            {people === null ? t("emergency.start_now") : t("emergency.start_for", { count: people })}
          </Button>
        </>
      }
    >
      {draft && data ? (
        <div className={styles.form}>
          <div className={styles.two}>
            <Select
              label={t("emergency.message")}
              items={data.items.map((one) => ({ id: one.id, label: localText(one.name, one.id) }))}
              value={draft.prepared_id}
              onChange={(chosen) => {
                const message = data.items.find((one) => one.id === chosen);
                if (message) setDraft(draftOf(message));
              }}
            />
            <Select
              label={t("emergency.lasts")}
              items={lengthsWith(draft.lasts_s).map((each) => ({
                id: String(each),
                label:
                  each % 3600 === 0
                    ? t("emergency.hours", { count: each / 3600 })
                    : t("emergency.minutes", { count: Math.round(each / 60) }),
              }))}
              value={String(draft.lasts_s)}
              onChange={(chosen) => change({ lasts_s: Number(chosen) })}
            />
          </div>
          <ScopeFields scope={draft.scope} onChange={(scope) => change({ scope })} />
          <fieldset className={styles.group}>
            <legend>{t("emergency.said")}</legend>
            {LOCALES.map((each) => (
              <TextField
                key={each}
                label={t(`shell.locale.${each}`)}
                lang={each}
                rows={3}
                maxLength={4000}
                value={draft.texts[each]}
                onChange={(text) => change({ texts: { ...draft.texts, [each]: text }, spoken: null })}
              />
            ))}
            <p className={styles.quiet}>{t(draft.spoken ? "emergency.spoken_own" : "emergency.spoken_same")}</p>
          </fieldset>
          <Hears hearing={hearing} problem={problem ?? unheard} />
        </div>
      ) : (
        <p role={error ? "alert" : undefined}>{error ? error.message : t("ui.loading")}</p>
      )}
    </Dialog>
  );
}
