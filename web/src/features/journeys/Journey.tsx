/** One journey: its versions, the proof that it ends well, and its outline. */
import { Pencil, ShieldCheck } from "lucide-react";
import { useState } from "react";
import { api } from "@/api/client";
import { useResource } from "@/api/resource";
import { useSending } from "@/api/sending";
import type { JourneyLine } from "@/api/settings";
import { navigate } from "@/app/router";
import { hasRole } from "@/app/session";
import { formatDateTime } from "@/i18n/format";
import { useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { Select } from "@/ui/Select";
import { StateChip } from "@/ui/StateChip";
import { CheckReport } from "./CheckReport";
import { type CheckAnswer, checkAddress } from "./check";
import { HelpFigures } from "./HelpFigures";
import styles from "./journeys.module.css";
import { Outline } from "./Outline";
import type { JourneyDocument } from "./outline";

interface Answer extends JourneyLine {
  document: JourneyDocument;
  versions: readonly JourneyLine[];
}

function useCheck(id: string) {
  const [answer, setAnswer] = useState<CheckAnswer | null>(null);
  const { busy, problem, send } = useSending();
  const check = async (document: JourneyDocument) => {
    await send(async () => {
      setAnswer(await api.post<CheckAnswer>(checkAddress(id), { document }));
    });
  };
  return { answer, problem, busy, check, close: () => setAnswer(null) };
}

export interface JourneyProps {
  line: JourneyLine;
  name: string;
  texts: ReadonlyMap<string, string>;
}

export function Journey({ line, name, texts }: JourneyProps) {
  const t = useT();
  const [version, setVersion] = useState(line.version);
  const { data, error, reload } = useResource<Answer>(`/journeys/${line.id}?version=${version}`, 60_000);
  const proof = useCheck(line.id);
  if (error) {
    return (
      <EmptyState
        title={error.message}
        text={error.fix}
        action={<Button onPress={() => void reload()}>{t("ui.retry")}</Button>}
      />
    );
  }
  if (!data) return <p aria-busy="true">{t("ui.loading")}</p>;
  const newest = version === line.version;
  return (
    <article className={styles.journey}>
      <header className={styles.head}>
        <h2>{name}</h2>
        <StateChip state={newest ? "live" : "off"}>{t(newest ? "journeys.newest" : "journeys.older")}</StateChip>
        <span className={styles.quiet}>
          {t("journeys.published", { date: formatDateTime(data.published_at) })}
        </span>
        <span className={styles.headActions}>
          {data.versions.length > 1 ? (
            <Select
              label={t("journeys.versions")}
              labelHidden
              items={data.versions.map((each) => ({
                id: String(each.version),
                label: t("journeys.version", { number: each.version }),
                detail: formatDateTime(each.published_at),
              }))}
              value={String(version)}
              onChange={(id) => {
                proof.close();
                setVersion(Number(id));
              }}
            />
          ) : null}
          <Button
            tone="primary"
            icon={<Pencil size={14} aria-hidden="true" />}
            onPress={() => navigate(`/journeys/${line.id}/edit`)}
          >
            {t(hasRole("designer", "admin") ? "journeys.edit" : "journeys.look")}
          </Button>
          {hasRole("designer", "admin") ? (
            <Button
              icon={<ShieldCheck size={14} aria-hidden="true" />}
              isDisabled={proof.busy}
              onPress={() => void proof.check(data.document)}
            >
              {t(proof.busy ? "journeys.checking" : "journeys.check")}
            </Button>
          ) : null}
        </span>
      </header>
      <p className={styles.quiet}>{t("journeys.read_only")}</p>
      {proof.problem ? (
        <p className={styles.failed} role="alert">
          {proof.problem}
        </p>
      ) : null}
      {proof.answer ? <CheckReport answer={proof.answer} onClose={proof.close} /> : null}
      {line.kind === "help" ? <HelpFigures id={line.id} /> : null}
      <Outline document={data.document} texts={texts} />
    </article>
  );
}
