/** A list of settings and, beside it, the one that is open: the same for every kind. */
import { ArrowLeft, Plus } from "lucide-react";
import { useState } from "react";
import { matches } from "@/api/match";
import { useItems } from "@/api/settings";
import { useCommands } from "@/app/commands";
import { Link } from "@/app/Link";
import { navigate } from "@/app/router";
import { hasRole } from "@/app/session";
import { useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { classes } from "@/ui/classes";
import { EmptyState } from "@/ui/EmptyState";
import { TextField } from "@/ui/TextField";
import styles from "./crud.module.css";
import { Detail } from "./Detail";
import type { Kind } from "./kind";
import { hasUnsaved } from "./useEditor";

const FILTER_FROM = 8;

export interface CrudSectionProps<Item extends { version: number }, Draft extends object> {
  kind: Kind<Item, Draft>;
  id: string | undefined;
}

export function CrudSection<Item extends { version: number }, Draft extends object>({
  kind,
  id,
}: CrudSectionProps<Item, Draft>) {
  const t = useT();
  const { data, error, reload } = useItems<Item>(kind.path);
  const [words, setWords] = useState("");
  const may = hasRole(...kind.writes);
  const creates = may && kind.creates !== false;
  const to = (item: string) => `/admin/${kind.section}/${encodeURIComponent(item)}`;
  const add = () => navigate(to("new"));
  useCommands(
    creates ? [{ id: "admin:new", title: kind.add, group: "write", keys: "c", run: add }] : [],
    kind.section,
  );
  const items = (data?.items ?? []).filter((item) => words === "" || matches(kind.nameOf(item), words));
  const listed = kind.faded ? items.toSorted((a, b) => Number(kind.faded?.(a)) - Number(kind.faded?.(b))) : items;
  const open = data?.items.find((item) => kind.idOf(item) === id) ?? null;
  const failed = error ? (
    <EmptyState
      title={error.message}
      text={error.fix}
      action={<Button onPress={() => void reload()}>{t("ui.retry")}</Button>}
    />
  ) : null;

  return (
    <div className={classes(styles.crud, id && styles.detailOpen)}>
      <section className={styles.listPane} aria-label={t(kind.title)}>
        <header className={styles.listHead}>
          <Link to="/admin" className={styles.back} aria-label={t("ui.back")}>
            <ArrowLeft size={16} aria-hidden="true" />
          </Link>
          <h2>
            {t(kind.title)} <span className={styles.count}>{data?.items.length ?? ""}</span>
          </h2>
          {creates ? (
            <Button icon={<Plus size={14} aria-hidden="true" />} aria-label={t(kind.add)} onPress={add}>
              {t("ui.add")}
            </Button>
          ) : null}
        </header>
        {(data?.items.length ?? 0) > FILTER_FROM ? (
          <div className={styles.filter}>
            <TextField
              label={t("admin.filter")}
              labelHidden
              placeholder={t("admin.filter")}
              type="search"
              value={words}
              onChange={setWords}
            />
          </div>
        ) : null}
        {data && items.length > 0 ? (
          <ul className={styles.list}>
            {listed.map((item) => {
              const own = kind.idOf(item);
              return (
                <li key={own}>
                  <Link
                    to={to(own)}
                    className={classes(styles.row, kind.faded?.(item) && styles.faded)}
                    aria-current={own === id ? "true" : undefined}
                  >
                    <span className={styles.rowName}>
                      {kind.nameOf(item)}
                      {hasUnsaved(kind.section, own) ? (
                        <span className={styles.unsaved}>{t("admin.unsaved_mark")}</span>
                      ) : null}
                    </span>
                    <span className={styles.rowDetail}>{kind.detailOf?.(item)}</span>
                  </Link>
                </li>
              );
            })}
          </ul>
        ) : data ? (
          <EmptyState
            title={t(words ? "ui.nothing_found" : kind.empty)}
            text={words ? undefined : t(kind.emptyText)}
          />
        ) : (
          (failed ?? <p className={styles.quiet}>{t("ui.loading")}</p>)
        )}
      </section>
      <div className={styles.detailPane}>
        {id === "new" && creates ? (
          <Detail key="new" kind={kind} item={null} locked={false} />
        ) : open ? (
          <Detail key={id} kind={kind} item={open} locked={!may} />
        ) : id && data ? (
          <EmptyState title={t("admin.gone")} text={t("admin.gone_text")} />
        ) : data ? (
          <EmptyState title={t("admin.choose")} text={t("admin.choose_text")} />
        ) : null}
      </div>
    </div>
  );
}
