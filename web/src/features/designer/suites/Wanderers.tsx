/** Random customers: who came where no saved test had been, to be kept one by one or all. */
import { useState } from "react";
import { api } from "@/api/client";
import { refresh } from "@/api/resource";
import { useSending } from "@/api/sending";
import { formatNumber } from "@/i18n/format";
import { useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { TextField } from "@/ui/TextField";
import { showToast } from "@/ui/toasts";
import type { JourneyJson } from "../seams";
import { Transcript } from "../simulator/Transcript";
import type { Found, Generated } from "./suite";
import styles from "./suites.module.css";

const CUSTOMERS = 300;

export interface WanderersProps {
  journey: JourneyJson;
  open: boolean;
  onClose: () => void;
}

export function Wanderers({ journey, open, onClose }: WanderersProps) {
  const t = useT();
  const [seed, setSeed] = useState("1");
  const [answer, setAnswer] = useState<Generated | null>(null);
  const { busy, problem, send } = useSending();
  const generate = () =>
    send(async () => {
      const ask = { document: journey, count: CUSTOMERS, seed: Math.max(0, Math.trunc(Number(seed)) || 0) };
      setAnswer(await api.post<Generated>(`/journeys/${journey.id}/cases/generate`, ask));
    });
  const keep = (chosen: readonly Found[]) =>
    send(async () => {
      for (const one of chosen) {
        await api.post(`/journeys/${journey.id}/cases`, { ...one.case, origin: "random", seed: answer?.seed });
        // One by one: what is kept is not kept twice if a later one is refused.
        setAnswer((all) => all && { ...all, found: all.found.filter((each) => each !== one) });
        refresh(`/journeys/${journey.id}/cases`);
      }
      showToast({ tone: "good", text: t("simulator.cases.kept", { count: chosen.length }) });
    });
  const good = answer?.found.filter((one) => one.failure === null) ?? [];
  return (
    <Dialog
      title={t("simulator.cases.generate")}
      open={open}
      onClose={onClose}
      wide
      actions={
        <>
          <Button isPending={busy} onPress={() => void generate()}>
            {t("simulator.cases.generate")}
          </Button>
          <Button tone="primary" isPending={busy} isDisabled={good.length === 0} onPress={() => void keep(good)}>
            {t("simulator.cases.keep_all")}
          </Button>
        </>
      }
    >
      <div className={styles.wanderers} aria-busy={busy}>
        <p>{t("simulator.cases.generate_text", { count: formatNumber(CUSTOMERS) })}</p>
        <TextField label={t("simulator.cases.seed")} type="number" min={0} value={seed} onChange={setSeed} />
        {problem ? (
          <p className={styles.wrong} role="alert">
            {problem}
          </p>
        ) : null}
        {answer ? (
          <p role="status">
            {answer.found.length === 0
              ? t("simulator.cases.found_none")
              : t("simulator.cases.found", { count: answer.found.length })}
          </p>
        ) : null}
        <ul>
          {answer?.found.map((one) => (
            <li key={one.case.name} className={styles.case}>
              <div className={styles.head}>
                <strong>{one.case.name}</strong>
                <span className={styles.quiet}>{t("simulator.cases.fresh", { count: one.fresh.length })}</span>
                <Button isPending={busy} onPress={() => void keep([one])}>
                  {t("simulator.cases.keep")}
                </Button>
              </div>
              {one.failure ? <p className={styles.wrong}>{one.failure.text}</p> : null}
              <details>
                <summary>{t("simulator.transcript")}</summary>
                <Transcript lines={one.transcript} />
              </details>
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}
