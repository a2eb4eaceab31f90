/** "May this be called?": asks the rules as they are saved; nothing is called. */
import { useId, useState } from "react";
import { api } from "@/api/client";
import { useSending } from "@/api/sending";
import { useLocale, useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { StateChip } from "@/ui/StateChip";
import { TextField } from "@/ui/TextField";
import { money } from "./money";
import type { Tried } from "./policy";
import styles from "./telephone.module.css";

export function Tester({ region }: { region: string }) {
  const t = useT();
  const language = useLocale();
  const heading = useId();
  const [number, setNumber] = useState("");
  const [tried, setTried] = useState<{ of: string; told: Tried } | null>(null);
  const { busy, problem, send } = useSending();
  const ask = () =>
    send(async () => {
      setTried(null);
      setTried({ of: number, told: await api.post<Tried>("/outbound-policy/try", { number }) });
    });
  const told = tried?.told;
  const shown = told?.number ?? tried?.of ?? "";
  return (
    <form
      className={styles.try}
      aria-labelledby={heading}
      onSubmit={(event) => {
        event.preventDefault();
        if (number.trim() !== "" && !busy) void ask();
      }}
    >
      <h3 id={heading}>{t("telephone.try.title")}</h3>
      <p className={styles.hint}>{t("telephone.try.hint")}</p>
      <div className={styles.row}>
        <TextField
          label={t("telephone.try.number")}
          value={number}
          onChange={setNumber}
          error={problem}
          maxLength={40}
          autoComplete="off"
        />
        <Button type="submit" isDisabled={busy || number.trim() === ""}>
          {t("telephone.try.ask")}
        </Button>
      </div>
      <div className={styles.told} role="status">
        {told?.allowed ? (
          <>
            <span>
              <StateChip state="ok">{t("telephone.try.yes", { number: shown })}</StateChip>
            </span>
            {told.per_minute_milli === null ? null : (
              <span>{t("telephone.try.price", { price: money(told.per_minute_milli, region, language) })}</span>
            )}
          </>
        ) : told ? (
          <>
            <span>
              <StateChip state="late">{t("telephone.try.no", { number: shown })}</StateChip>
            </span>
            {told.reason ? <span>{t(`telephone.try.why.${told.reason}`)}</span> : null}
          </>
        ) : null}
      </div>
    </form>
  );
}
