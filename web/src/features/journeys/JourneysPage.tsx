/** Journeys: the published ones in a list, the chosen one as an outline. */
import { ArrowLeft, MessageSquareQuote, Plus, Workflow } from "lucide-react";
import { useMemo, useState } from "react";
import { type JourneyLine, type Prompt, useItems } from "@/api/settings";
import { Link } from "@/app/Link";
import { navigate } from "@/app/router";
import { hasRole } from "@/app/session";
import { lookup, useLocale, useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { classes } from "@/ui/classes";
import { EmptyState } from "@/ui/EmptyState";
import { Page } from "@/ui/Page";
import { Journey } from "./Journey";
import styles from "./journeys.module.css";
import { NewJourney } from "./NewJourney";
import { journeyTitle } from "./names";
import { textIn } from "./prompts";

export default function JourneysPage({ params }: { params: { id?: string } }) {
  const t = useT();
  const locale = useLocale();
  const { data, error, reload } = useItems<JourneyLine>("/journeys");
  const prompts = useItems<Prompt>("/prompts", 60_000).data?.items;
  const texts = useMemo(() => textIn(prompts ?? [], locale), [prompts, locale]);
  const nameOf = (line: JourneyLine) => journeyTitle(line, texts);
  const open = data?.items.find((line) => line.id === params.id);
  const [adding, setAdding] = useState(false);
  const actions = (
    <>
      <Button
        icon={<MessageSquareQuote size={14} aria-hidden="true" />}
        keys="G P"
        onPress={() => navigate("/prompts")}
      >
        {t("journeys.open_prompts")}
      </Button>
      <Button
        icon={<Workflow size={14} aria-hidden="true" />}
        keys="G C"
        onPress={() => navigate("/reports/journeys")}
      >
        {t("shell.case_flow")}
      </Button>
      {hasRole("designer", "admin") ? (
        <Button icon={<Plus size={14} aria-hidden="true" />} onPress={() => setAdding(true)}>
          {t("journeys.new")}
        </Button>
      ) : null}
    </>
  );
  return (
    <Page title={t("shell.journeys")} actions={actions} flush>
      {adding ? <NewJourney lines={data?.items ?? []} onClose={() => setAdding(false)} /> : null}
      <div className={classes(styles.split, params.id && styles.detailOpen)}>
        <nav className={styles.listPane} aria-label={t("shell.journeys")}>
          {error ? (
            <EmptyState
              title={error.message}
              text={error.fix}
              action={<Button onPress={() => void reload()}>{t("ui.retry")}</Button>}
            />
          ) : data?.items.length === 0 ? (
            <EmptyState title={t("journeys.empty")} text={t("journeys.empty_text")} />
          ) : null}
          <ul>
            {(data?.items ?? []).map((line) => (
              <li key={line.id}>
                <Link
                  to={`/journeys/${line.id}`}
                  className={styles.row}
                  aria-current={line.id === params.id ? "true" : undefined}
                >
                  <strong>{nameOf(line)}</strong>
                  <span className={styles.quiet}>
                    {[
                      lookup(`journeys.kind.${line.kind}`) ?? line.kind,
                      t("journeys.version", { number: line.version }),
                      line.id,
                    ].join(" · ")}
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <div className={styles.detailPane}>
          <Link to="/journeys" className={styles.back}>
            <ArrowLeft size={16} aria-hidden="true" /> {t("journeys.back")}
          </Link>
          {open ? (
            <Journey key={open.id} line={open} name={nameOf(open)} texts={texts} />
          ) : data ? (
            <EmptyState title={t("journeys.choose")} text={t("journeys.choose_text")} />
          ) : null}
        </div>
      </div>
    </Page>
  );
}
