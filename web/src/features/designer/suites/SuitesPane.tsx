/** The tests saved with a journey: run with the draft in hand, branches nobody takes drawn pale. */
import { CirclePlay, Dices, FlaskConical, Play, Trash2, UserRound } from "lucide-react";
import { useEffect, useState } from "react";
import { api } from "@/api/client";
import { refresh, useResource } from "@/api/resource";
import { useSending } from "@/api/sending";
import { hasRole } from "@/app/session";
import { formatNumber, formatPercent } from "@/i18n/format";
import { useT } from "@/i18n/t";
import { Button, IconButton } from "@/ui/Button";
import { ConfirmDialog } from "@/ui/Dialog";
import { EmptyState } from "@/ui/EmptyState";
import { type State as Look, StateChip } from "@/ui/StateChip";
import { usePromptTexts } from "../model/use";
import { placeName } from "../model/words";
import type { PaneProps } from "../seams";
import { handOver } from "../simulator/handed";
import { Transcript } from "../simulator/Transcript";
import { FromContact } from "./FromContact";
import { coverageLayer, type KeptCase, openerOf, type Ran, stateOf, talkOf } from "./suite";
import styles from "./suites.module.css";
import { Wanderers } from "./Wanderers";

const LOOKS = { passed: "ok", failed: "late", not_run: "off" } as const satisfies Record<string, Look>;

export default function SuitesPane({ designer }: PaneProps) {
  const t = useT();
  const texts = usePromptTexts();
  const { id, journey, draw, editable } = designer;
  const { data, error } = useResource<{ items: readonly KeptCase[] }>(`/journeys/${id}/cases`);
  const [ran, setRan] = useState<Ran | null>(null);
  const [wandering, setWandering] = useState(false);
  const [making, setMaking] = useState(false);
  const [leaving, setLeaving] = useState<KeptCase | null>(null);
  const { busy, problem, send } = useSending();
  useEffect(() => {
    draw(coverageLayer(ran));
  }, [ran, draw]);

  const run = () =>
    send(async () => setRan(await api.post<Ran>(`/journeys/${id}/cases/run`, { document: journey })));
  const forget = (kept: KeptCase) =>
    send(async () => {
      await api.delete(`/journeys/${id}/cases/${kept.id}`);
      refresh(`/journeys/${id}/cases`);
    });
  const play = (kept: KeptCase) => {
    handOver(talkOf(kept));
    designer.open("simulator");
  };
  const cases = data?.items ?? [];
  const refused = problem ?? (error ? `${error.message} ${error.fix}` : null);
  return (
    <div className={styles.suites} aria-busy={busy}>
      <div className={styles.head}>
        <Button
          tone="primary"
          icon={<Play size={14} aria-hidden="true" />}
          isPending={busy}
          isDisabled={cases.length === 0}
          onPress={() => void run()}
        >
          {t("simulator.cases.run")}
        </Button>
        {editable ? (
          <Button icon={<Dices size={14} aria-hidden="true" />} onPress={() => setWandering(true)}>
            {t("simulator.cases.generate")}
          </Button>
        ) : null}
        {hasRole("admin") ? (
          <Button icon={<UserRound size={14} aria-hidden="true" />} onPress={() => setMaking(true)}>
            {t("simulator.cases.from_contact")}
          </Button>
        ) : null}
      </div>
      {refused ? (
        <p className={styles.wrong} role="alert">
          {refused}
        </p>
      ) : null}
      {ran ? (
        <p role="status">
          {t("simulator.cases.summary", {
            failed: ran.failed,
            total: ran.results.length,
            share: formatPercent(ran.coverage.share),
          })}{" "}
          <span className={styles.quiet}>
            {t("simulator.cases.pace", { count: formatNumber(ran.per_minute) })}
          </span>
        </p>
      ) : null}
      {data && cases.length === 0 ? (
        <EmptyState
          icon={<FlaskConical size={20} aria-hidden="true" />}
          title={t("simulator.cases.empty")}
          text={t("simulator.cases.empty_text")}
        />
      ) : null}
      <ul aria-label={t("simulator.cases.list")}>
        {cases.map((kept) => {
          const state = stateOf(kept, ran);
          const result = ran?.results.find((one) => one.id === kept.id);
          return (
            <li key={kept.id} className={styles.case}>
              <div className={styles.head}>
                <StateChip state={LOOKS[state]}>{t(`simulator.cases.${state}`)}</StateChip>
                <strong id={`case-${kept.id}`} className={styles.name}>
                  {kept.name}
                </strong>
                <IconButton
                  label={t("simulator.cases.play")}
                  aria-describedby={`case-${kept.id}`}
                  icon={<CirclePlay size={16} aria-hidden="true" />}
                  onPress={() => play(kept)}
                />
                {editable ? (
                  <IconButton
                    label={t("simulator.cases.delete")}
                    aria-describedby={`case-${kept.id}`}
                    icon={<Trash2 size={16} aria-hidden="true" />}
                    onPress={() => setLeaving(kept)}
                  />
                ) : null}
              </div>
              <span className={styles.quiet}>
                {t(`simulator.cases.origin.${kept.origin}`)}
                {kept.seed === null ? "" : ` · ${t("simulator.cases.seed")} ${kept.seed}`}
              </span>
              {result?.failure ? (
                <>
                  <p className={styles.wrong}>{result.failure.text}</p>
                  <details>
                    <summary>{t("simulator.transcript")}</summary>
                    <Transcript lines={result.transcript} />
                  </details>
                </>
              ) : null}
            </li>
          );
        })}
      </ul>
      {ran && ran.results.length > 0 && ran.coverage.missing.length > 0 ? (
        <details>
          <summary>
            {t("simulator.cases.missing")} ({formatNumber(ran.coverage.missing.length)})
          </summary>
          <ul>
            {ran.coverage.missing.map((block) => (
              <li key={block}>
                <button type="button" className={styles.place} onClick={() => designer.choose([openerOf(block)])}>
                  {placeName(journey, block, texts)}
                </button>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
      <FromContact journey={id} open={making} onClose={() => setMaking(false)} />
      <Wanderers journey={journey} open={wandering} onClose={() => setWandering(false)} />
      <ConfirmDialog
        title={t("simulator.cases.delete")}
        open={leaving !== null}
        onClose={() => setLeaving(null)}
        confirm={t("simulator.cases.delete")}
        danger
        onConfirm={() => leaving && void forget(leaving)}
      >
        <p>{t("simulator.cases.delete_sure", { name: leaving?.name ?? "" })}</p>
      </ConfirmDialog>
    </div>
  );
}
