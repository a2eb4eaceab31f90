/** The digital twin: ask about a day, follow the simulation, stop it, and compare with earlier answers. */
import { Square, Trash2 } from "lucide-react";
import { useState } from "react";
import { refusalWords } from "@/api/client";
import { useResource } from "@/api/resource";
import { type Queue, useItems } from "@/api/settings";
import { formatDateTime, formatPercent } from "@/i18n/format";
import type { Key } from "@/i18n/keys";
import { localText, useT } from "@/i18n/t";
import { Button, IconButton } from "@/ui/Button";
import { Panel } from "@/ui/Page";
import { Select } from "@/ui/Select";
import { Table, type TableColumn } from "@/ui/Table";
import { useRun, useRuns } from "./useRuns";
import { describeRun, verdictWord } from "./values";
import { WhatIfAnswer } from "./WhatIfAnswer";
import { WhatIfForm } from "./WhatIfForm";
import { type Days, type Draft, draftFor, isOver, questionOf, type Run } from "./whatif";
import styles from "./whatif.module.css";

const NOBODY = "none";

function Running({ run, onStop }: { run: Run; onStop: () => void }) {
  const t = useT();
  const waiting = run.status === "waiting";
  const text = waiting
    ? t("whatif.waiting")
    : t("whatif.running", { share: formatPercent(run.share), at: run.at ?? "–" });
  return (
    <div className={styles.running}>
      <progress max={1} value={waiting ? undefined : run.share} aria-label={t("whatif.progress")} />
      <span>{text}</span>
      <Button tone="danger" icon={<Square size={14} aria-hidden="true" />} onPress={onStop}>
        {t("whatif.stop")}
      </Button>
    </div>
  );
}

function Asking({ days }: { days: Days }) {
  const t = useT();
  const [draft, setDraft] = useState<Draft>(() => draftFor(days));
  const [beside, setBeside] = useState<string | null>(null);
  const { runs, run, chosen, choose, error, begin, stop, forget } = useRuns();
  const queues = useItems<Queue>("/queues", 300_000).data?.items ?? [];
  const queueName = (id: string) => localText(queues.find((queue) => queue.id === id)?.name, id);
  const other = useRun(beside !== chosen ? beside : null, () => undefined).run;
  const comparable = runs.filter(
    (each) => each.id !== chosen && each.question.kind === run?.question.kind && each.status === "done",
  );
  const columns: TableColumn<Run>[] = [
    { id: "asked", label: t("whatif.asked_at"), cell: (one) => formatDateTime(one.created_at) },
    { id: "what", label: t("whatif.question"), isRowHeader: true, cell: (one) => describeRun(one, queueName) },
    {
      id: "status",
      label: t("whatif.status"),
      cell: (one) =>
        one.status === "done" ? verdictWord(one.brief.verdict?.word) : t(`whatif.status.${one.status}` as Key),
    },
    {
      id: "forget",
      label: t("whatif.forget"),
      cell: (one) => (
        <IconButton
          label={t("whatif.forget")}
          icon={<Trash2 size={14} aria-hidden="true" />}
          onPress={() => void forget(one.id)}
        />
      ),
    },
  ];
  const refusal = run?.refusal ? refusalWords(run.refusal) : null;
  return (
    <div className={styles.stack}>
      <Panel title={t("whatif.title")}>
        <p className={styles.lead}>{t("whatif.about")}</p>
        <WhatIfForm
          draft={draft}
          days={days}
          queues={queues.map((queue) => ({ id: queue.id, label: localText(queue.name, queue.id) }))}
          busy={run !== null && !isOver(run)}
          onChange={setDraft}
          onAsk={() => {
            setBeside(chosen);
            void begin(questionOf(draft, days.today));
          }}
        />
        {error ? (
          <p role="alert">
            {error.message} {error.fix}
          </p>
        ) : null}
        <div aria-live="polite">
          {run && !isOver(run) ? <Running run={run} onStop={() => void stop(run.id)} /> : null}
          {refusal ? (
            <p role="alert">
              {refusal.text} {refusal.fix}
            </p>
          ) : null}
          {run?.status === "stopped" && !run.result ? <p>{t("whatif.stopped_early")}</p> : null}
        </div>
      </Panel>
      {run?.result ? (
        <Panel
          title={describeRun(run, queueName)}
          actions={
            comparable.length > 0 && run.question.kind !== "replay" ? (
              <Select
                label={t("whatif.compare")}
                items={[
                  { id: NOBODY, label: t("whatif.compare_none") },
                  ...comparable.map((each) => ({ id: each.id, label: describeRun(each, queueName) })),
                ]}
                value={comparable.some((each) => each.id === beside) ? beside : NOBODY}
                onChange={(id) => setBeside(id === NOBODY ? null : id)}
              />
            ) : null
          }
        >
          <WhatIfAnswer
            key={run.id}
            answer={run.result}
            other={comparable.some((each) => each.id === beside) ? (other?.result ?? null) : null}
          />
        </Panel>
      ) : null}
      <Panel title={t("whatif.earlier")}>
        <Table
          label={t("whatif.earlier")}
          columns={columns}
          rows={runs}
          rowId={({ id }) => id}
          onOpen={({ id }) => choose(id)}
          empty={t("whatif.none_yet")}
        />
      </Panel>
    </div>
  );
}

export function WhatIfPanel() {
  const t = useT();
  const { data, error } = useResource<Days>("/twin/day", 300_000);
  if (error) {
    return (
      <p role="alert">
        {error.message} {error.fix}
      </p>
    );
  }
  if (!data) return <p aria-busy="true">{t("ui.loading")}</p>;
  return <Asking days={data} />;
}
