/** Who waits in the queues one serves, and taking one of them by hand. */
import { useEffect, useState } from "react";
import { ApiError, api } from "@/api/client";
import { useResource } from "@/api/resource";
import { showKeys, useCommands } from "@/app/commands";
import { navigate } from "@/app/router";
import { startShift } from "@/app/shift";
import { localText, useT } from "@/i18n/t";
import { useLive } from "@/live/store";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { Page } from "@/ui/Page";
import { showToast } from "@/ui/toasts";
import { LineTabs } from "./LineTabs";
import { chosenLine, type Line, type Waiting } from "./lines";
import styles from "./lines.module.css";
import { WaitingTable } from "./WaitingTable";

const EVERY_MS = 3000;
const SHIFT_FIRST = "desk.start_shift_first";

interface Refusal {
  text: string;
  /** The customer who can be had once the shift has begun. */
  once_on_shift: string | null;
}

export default function LinesPage({ params }: { params: { queue?: string } }) {
  const t = useT();
  const lines = useResource<{ items: readonly Line[] }>("/lines", 0);
  const shown = lines.data ? chosenLine(lines.data.items, params.queue) : undefined;
  const path = shown ? `/queues/${encodeURIComponent(shown.id)}/waiting` : null;
  const waiting = useResource<{ items: readonly Waiting[] }>(path, 0);
  const [taking, setTaking] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [takeOnShift, setTakeOnShift] = useState<string | null>(null);
  const presence = useLive((state) => state.me?.presence);
  const { reload: reloadLines } = lines;
  const { reload } = waiting;

  useEffect(() => {
    const timer = setInterval(() => {
      void reloadLines();
      void reload();
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [reloadLines, reload]);

  const take = async (id: string) => {
    if (taking) return;
    setTaking(id);
    setRefusal(null);
    try {
      await api.post(`/contacts/${id}/commands`, { cid: crypto.randomUUID(), c: { kind: "pick_contact" } });
      showToast({ tone: "good", text: t("lines.taken") });
      navigate(`/desk/${id}`);
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      const once_on_shift = failure.code === SHIFT_FIRST ? id : null;
      setRefusal({ text: `${failure.message} ${failure.fix}`, once_on_shift });
      await reload();
    } finally {
      setTaking(null);
    }
  };
  const startAndTake = (id: string) => {
    setTakeOnShift(id);
    void startShift();
  };
  // The server has begun the shift when it says so; before, it would refuse again.
  useEffect(() => {
    if (takeOnShift === null || presence === undefined || presence === "offline") return;
    setTakeOnShift(null);
    void take(takeOnShift);
  });
  const first = waiting.data?.items[0];
  useCommands(
    [
      {
        id: "lines:take",
        title: "lines.take_first",
        group: "conversation",
        keys: "p",
        when: () => first !== undefined,
        run: () => first && void take(first.id),
      },
    ],
    first?.id ?? "",
  );

  if (lines.error && !lines.data) {
    return (
      <Page title={t("shell.lines")}>
        <EmptyState
          title={t("lines.failed")}
          text={`${lines.error.message} ${lines.error.fix}`}
          action={<Button onPress={() => void reloadLines()}>{t("ui.retry")}</Button>}
        />
      </Page>
    );
  }
  return (
    <Page
      title={t("shell.lines")}
      actions={
        <Button
          isDisabled={!first || taking !== null}
          keys={showKeys("p")}
          onPress={() => first && void take(first.id)}
        >
          {t("lines.take_first")}
        </Button>
      }
    >
      <div className={styles.lines}>
        <p className={styles.lead}>{t("lines.lead")}</p>
        {refusal ? (
          <div role="alert" className={styles.refusal}>
            <span>{refusal.text}</span>
            {refusal.once_on_shift ? (
              <Button
                tone="primary"
                isDisabled={taking !== null || takeOnShift !== null}
                onPress={() => refusal.once_on_shift && startAndTake(refusal.once_on_shift)}
              >
                {t("lines.start_and_take")}
              </Button>
            ) : null}
          </div>
        ) : null}
        {lines.data?.items.length === 0 ? (
          <EmptyState title={t("lines.no_lines")} text={t("lines.no_lines_text")} />
        ) : (
          <LineTabs lines={lines.data?.items ?? []} shown={shown?.id} />
        )}
        {shown ? (
          <WaitingTable
            label={t("lines.list", { queue: localText(shown.name, shown.id) })}
            rows={waiting.data?.items ?? []}
            taking={taking}
            onTake={(id) => void take(id)}
          />
        ) : null}
      </div>
    </Page>
  );
}
