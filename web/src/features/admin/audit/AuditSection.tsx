/** Who did what and when, chained so that nothing can be taken out unnoticed. */
import { ArrowLeft, ShieldCheck } from "lucide-react";
import { useCallback, useEffect, useMemo, useState } from "react";
import { ApiError, api } from "@/api/client";
import { type Person, useItems } from "@/api/settings";
import { Link } from "@/app/Link";
import { formatDateTime } from "@/i18n/format";
import { useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { StateChip } from "@/ui/StateChip";
import { Table, type TableColumn } from "@/ui/Table";
import crud from "../crud/crud.module.css";
import { type AuditLine, actionName, detailText, subjectText } from "./audit";
import styles from "./audit.module.css";

interface Page {
  items: readonly AuditLine[];
  next: number | null;
}

interface Chain {
  intact: boolean;
  entries: number;
  head: string;
  broken_at: number | null;
}

function Verify() {
  const t = useT();
  const [chain, setChain] = useState<Chain | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const verify = async () => {
    try {
      setChain(await api.get<Chain>("/audit/verify"));
      setProblem(null);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setProblem(`${error.message} ${error.fix}`);
    }
  };
  return (
    <div className={styles.verify} role="status">
      {problem ? <span>{problem}</span> : null}
      {chain ? (
        <>
          <StateChip state={chain.intact ? "ok" : "late"}>
            {chain.intact
              ? t("admin.audit.intact", { count: chain.entries })
              : t("admin.audit.broken", { number: chain.broken_at ?? 0 })}
          </StateChip>
          <code className={styles.head} title={chain.head}>
            {chain.head.slice(0, 16)}
          </code>
        </>
      ) : null}
      <Button icon={<ShieldCheck size={14} aria-hidden="true" />} onPress={() => void verify()}>
        {t("admin.audit.verify")}
      </Button>
    </div>
  );
}

export default function AuditSection() {
  const t = useT();
  const [lines, setLines] = useState<readonly AuditLine[] | null>(null);
  const [next, setNext] = useState<number | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const load = useCallback(async (before: number | null) => {
    try {
      const page = await api.get<Page>("/audit", { before, limit: 100 });
      setLines((known) => (before === null ? page.items : [...(known ?? []), ...page.items]));
      setNext(page.next);
      setError(null);
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      setError(failure);
    }
  }, []);
  useEffect(() => void load(null), [load]);
  const people = useItems<Person>("/agents", 60_000).data?.items;
  const names = useMemo(() => new Map((people ?? []).map(({ id, name }) => [id, name])), [people]);
  const columns: readonly TableColumn<AuditLine>[] = [
    { id: "at", label: t("admin.audit.at"), cell: (line) => formatDateTime(line.at) },
    {
      id: "actor",
      label: t("admin.audit.actor"),
      cell: (line) => <strong>{line.actor}</strong>,
      isRowHeader: true,
    },
    { id: "action", label: t("admin.audit.action"), cell: (line) => actionName(line.action) },
    {
      id: "subject",
      label: t("admin.audit.subject"),
      cell: (line) => <span title={line.subject}>{subjectText(line.subject, names)}</span>,
    },
    { id: "detail", label: t("admin.audit.detail"), cell: (line) => detailText(line.detail) },
    { id: "ip", label: t("admin.audit.ip"), cell: (line) => line.ip ?? "–" },
    { id: "seq", label: "#", align: "end", cell: (line) => line.seq },
  ];
  return (
    <section className={styles.audit} aria-label={t("admin.section.audit")}>
      <header className={styles.top}>
        <Link to="/admin" className={crud.back} aria-label={t("ui.back")}>
          <ArrowLeft size={16} aria-hidden="true" />
        </Link>
        <h2>{t("admin.section.audit")}</h2>
        <Verify />
      </header>
      <p className={crud.hint}>{t("admin.audit.hint")}</p>
      {error ? (
        <EmptyState
          title={error.message}
          text={error.fix}
          action={<Button onPress={() => void load(null)}>{t("ui.retry")}</Button>}
        />
      ) : (
        <Table
          label={t("admin.section.audit")}
          columns={columns}
          rows={lines ?? []}
          rowId={(line) => String(line.seq)}
          empty={lines ? t("admin.audit.empty") : t("ui.loading")}
        />
      )}
      {next === null ? null : <Button onPress={() => void load(next)}>{t("ui.more")}</Button>}
    </section>
  );
}
