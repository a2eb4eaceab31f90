/** How the telephone is right now: who speaks each language, and which processes carry calls. */
import { useEffect } from "react";
import { useResource } from "@/api/resource";
import { formatShort, languageName } from "@/i18n/format";
import { localText, useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { type State, StateChip } from "@/ui/StateChip";
import { nodeState, type SpokenBy, type Telephone, type VoiceNode } from "./state";
import styles from "./telephone.module.css";

const EVERY_MS = 5000;
const LOOKS: Record<ReturnType<typeof nodeState>, State> = { running: "ok", draining: "wait", lost: "late" };
const LINE_LOOKS: Readonly<Record<string, State>> = { up: "ok", down: "late" };

function VoiceCard({ voice }: { voice: SpokenBy }) {
  const t = useT();
  const silent = voice.problems.includes("no_voice");
  const state: State = silent ? "late" : voice.problems.length > 0 ? "wait" : "ok";
  const word = silent ? "none" : voice.problems.length > 0 ? "limited" : "ok";
  return (
    <li className={styles.card}>
      <span className={styles.cardHead}>
        {languageName(voice.locale)}
        <StateChip state={state}>{t(`telephone.state.voice_${word}`)}</StateChip>
      </span>
      {silent ? null : (
        <code>
          {voice.engine} / {voice.voice}
        </code>
      )}
      {voice.problems.map((problem) => (
        <p key={problem}>{t(`telephone.state.problem.${problem}`)}</p>
      ))}
    </li>
  );
}

function NodeCard({ node, names }: { node: VoiceNode; names: Telephone["names"] }) {
  const t = useT();
  const state = nodeState(node);
  const lines = Object.entries(node.lines);
  return (
    <li className={styles.card}>
      <span className={styles.cardHead}>
        <code>{node.id}</code>
        <StateChip state={LOOKS[state]}>
          {state === "lost"
            ? t("telephone.state.lost", { time: formatShort(node.seen_at) })
            : t(`telephone.state.${state}`)}
        </StateChip>
      </span>
      <dl className={styles.facts}>
        <dt>{t("telephone.state.calls")}</dt>
        <dd>{node.calls}</dd>
        <dt>{t("telephone.state.workers")}</dt>
        <dd>{node.workers}</dd>
        <dt>{t("telephone.state.since")}</dt>
        <dd>{formatShort(node.started_at)}</dd>
        <dt>{t("telephone.state.lines")}</dt>
        <dd>
          {lines.length === 0 ? t("telephone.state.no_lines") : null}
          {lines.map(([id, told]) => (
            <span key={id} className={styles.lineState}>
              {localText(names[id], id)}
              <StateChip state={LINE_LOOKS[told] ?? "off"}>
                {t(`telephone.lines.${told === "up" || told === "down" ? told : "unknown"}`)}
              </StateChip>
            </span>
          ))}
        </dd>
      </dl>
    </li>
  );
}

export function StateTab() {
  const t = useT();
  const { data, error, reload } = useResource<Telephone>("/telephone", 0);
  useEffect(() => {
    const timer = setInterval(() => void reload(), EVERY_MS);
    return () => clearInterval(timer);
  }, [reload]);
  if (!data) {
    return error ? (
      <EmptyState
        title={error.message}
        text={error.fix}
        action={<Button onPress={() => void reload()}>{t("ui.retry")}</Button>}
      />
    ) : (
      <div aria-busy="true" />
    );
  }
  return (
    <div className={styles.state}>
      <section className={styles.part} aria-label={t("telephone.state.nodes")}>
        <h2>{t("telephone.state.nodes")}</h2>
        {data.nodes.length === 0 ? (
          <EmptyState title={t("telephone.state.none")} text={t("telephone.state.none_text")} />
        ) : (
          <ul className={styles.cards}>
            {data.nodes.map((node) => (
              <NodeCard key={node.id} node={node} names={data.names} />
            ))}
          </ul>
        )}
      </section>
      <section className={styles.part} aria-label={t("telephone.state.voices")}>
        <h2>{t("telephone.state.voices")}</h2>
        <p className={styles.hint}>{t("telephone.state.voices_hint")}</p>
        {data.voices.length === 0 ? (
          <p>{t("telephone.state.voices_unknown")}</p>
        ) : (
          <ul className={styles.cards}>
            {data.voices.map((voice) => (
              <VoiceCard key={voice.locale} voice={voice} />
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}
