/** The contacts behind a number, each with the way to its conversation. */
import { useEffect, useState } from "react";
import { ApiError, api } from "@/api/client";
import { navigate } from "@/app/router";
import { formatDateTime, formatNumber, languageName } from "@/i18n/format";
import { nameOfChannel, nameOfIntent, nameOfStatus } from "@/i18n/names";
import { useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Table, type TableColumn } from "@/ui/Table";
import type { StepPath } from "../seams";
import { endName } from "./Ends";
import type { Choice } from "./map";

export interface Question {
  what: "now" | "entered" | "repeated" | "dropped" | "end";
  path: StepPath | null;
  /** How it ended. */
  which: string | null;
}

interface Contact {
  contact_id: string;
  channel: string;
  locale: string;
  status: string;
  intent: string | null;
  at: string;
  times: number;
}

interface Page {
  items: readonly Contact[];
  next: number | null;
}

export interface BehindProps {
  id: string;
  choice: Choice;
  question: Question;
  place: string | null;
  onClose: () => void;
}

export function Behind({ id, choice, question, place, onClose }: BehindProps) {
  const t = useT();
  const [page, setPage] = useState<Page | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const load = async (offset: number) => {
    setBusy(true);
    try {
      const found = await api.get<Page>(`/journeys/${encodeURIComponent(id)}/map/contacts`, {
        ...choice,
        ...question,
        offset,
        limit: 50,
      });
      setPage((before) => ({ items: [...(before?.items ?? []), ...found.items], next: found.next }));
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the dialog is opened for one question.
  useEffect(() => void load(0), []);
  const columns: readonly TableColumn<Contact>[] = [
    { id: "at", label: t("watch.at"), cell: (one) => formatDateTime(one.at) },
    { id: "reason", label: t("watch.reason"), cell: (one) => nameOfIntent(one.intent) },
    { id: "channel", label: t("watch.channel"), cell: (one) => nameOfChannel(one.channel) },
    { id: "language", label: t("watch.language"), cell: (one) => languageName(one.locale) },
    { id: "status", label: t("watch.status"), cell: (one) => nameOfStatus(one.status) },
    { id: "times", label: t("watch.times"), align: "end", cell: (one) => formatNumber(one.times) },
  ];
  const what = question.what === "end" ? endName(question.which ?? "") : t(`watch.what.${question.what}`);
  return (
    <Dialog title={place === null ? what : `${what} – ${place}`} open onClose={onClose} wide>
      {error ? (
        <p role="alert">
          {error.message} {error.fix}
        </p>
      ) : (
        <Table
          label={what}
          columns={columns}
          rows={page?.items ?? []}
          rowId={(one) => one.contact_id}
          onOpen={(one) => navigate(`/desk/${one.contact_id}`)}
          empty={t(page ? "watch.nobody" : "ui.loading")}
        />
      )}
      {page?.next ? (
        <Button isPending={busy} onPress={() => void load(page.next ?? 0)}>
          {t("ui.more")}
        </Button>
      ) : null}
    </Dialog>
  );
}
