/** Prompts: find one, edit it in Korean, Japanese and English side by side. */
import { ArrowLeft } from "lucide-react";
import { useState } from "react";
import { type Prompt, useItems } from "@/api/settings";
import { Link } from "@/app/Link";
import { navigate, useQueryString } from "@/app/router";
import { languageName } from "@/i18n/format";
import { localText, useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { classes } from "@/ui/classes";
import { EmptyState } from "@/ui/EmptyState";
import { Page } from "@/ui/Page";
import { StateChip } from "@/ui/StateChip";
import { Switch } from "@/ui/Switch";
import { TextField } from "@/ui/TextField";
import styles from "./journeys.module.css";
import { PromptEditor } from "./PromptEditor";
import { foundPrompts, idOf, missingIn } from "./prompts";

function Row({ prompt, here }: { prompt: Prompt; here: boolean }) {
  const t = useT();
  const missing = missingIn(prompt.texts);
  return (
    <li>
      <Link
        to={`/prompts?key=${encodeURIComponent(idOf(prompt))}`}
        className={styles.row}
        aria-current={here ? "true" : undefined}
      >
        <span className={styles.rowText}>{localText(prompt.texts, prompt.key)}</span>
        <span className={styles.quiet}>
          <code>{prompt.key}</code>
          {prompt.channel === "spoken" ? ` · ${t("journeys.spoken")}` : ""}
          {prompt.own ? ` · ${t("journeys.own")}` : ""}
        </span>
        {missing.length > 0 ? (
          <StateChip state="wait">
            {t("journeys.missing", { languages: missing.map(languageName).join(", ") })}
          </StateChip>
        ) : null}
      </Link>
    </li>
  );
}

export default function PromptsPage() {
  const t = useT();
  const chosen = new URLSearchParams(useQueryString()).get("key");
  const { data, error, reload } = useItems<Prompt>("/prompts");
  const [words, setWords] = useState("");
  const [incomplete, setIncomplete] = useState(false);
  const found = foundPrompts(data?.items ?? [], words, incomplete);
  const open = data?.items.find((prompt) => idOf(prompt) === chosen);
  const actions = <Button onPress={() => navigate("/journeys")}>{t("journeys.back")}</Button>;
  return (
    <Page title={t("shell.prompts")} actions={actions} flush>
      <div className={classes(styles.split, open && styles.detailOpen)}>
        <nav className={styles.listPane} aria-label={t("shell.prompts")}>
          <div className={styles.filter}>
            <TextField
              label={t("journeys.filter")}
              labelHidden
              placeholder={t("journeys.filter")}
              type="search"
              value={words}
              onChange={setWords}
            />
            <Switch label={t("journeys.only_incomplete")} on={incomplete} onChange={setIncomplete} />
          </div>
          {error ? (
            <EmptyState
              title={error.message}
              text={error.fix}
              action={<Button onPress={() => void reload()}>{t("ui.retry")}</Button>}
            />
          ) : data && found.length === 0 ? (
            <EmptyState title={t("journeys.prompt_none")} />
          ) : null}
          <ul>
            {found.map((prompt) => (
              <Row key={idOf(prompt)} prompt={prompt} here={idOf(prompt) === chosen} />
            ))}
          </ul>
        </nav>
        <div className={styles.detailPane}>
          <Link to="/prompts" className={styles.back}>
            <ArrowLeft size={16} aria-hidden="true" /> {t("shell.prompts")}
          </Link>
          {open ? (
            <PromptEditor key={idOf(open)} prompt={open} all={data?.items ?? []} />
          ) : data ? (
            <EmptyState title={t("journeys.prompt_choose")} text={t("journeys.prompt_choose_text")} />
          ) : null}
        </div>
      </div>
    </Page>
  );
}
