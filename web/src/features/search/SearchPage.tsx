/** Search with its own address, so that a result can be shared and returned to. */
import { MessageSquare, Search, User } from "lucide-react";
import type { ReactNode } from "react";
import { telling, useSearch } from "@/api/search";
import { Link } from "@/app/Link";
import { navigate, useQueryString } from "@/app/router";
import { formatShort } from "@/i18n/format";
import { nameOfCustomer } from "@/i18n/names";
import { lookup, useT } from "@/i18n/t";
import { EmptyState } from "@/ui/EmptyState";
import { Page } from "@/ui/Page";
import { TextField } from "@/ui/TextField";
import styles from "./search.module.css";

interface Row {
  id: string;
  to: string;
  title: string;
  detail: string;
}

function Results({ title, icon, rows }: { title: string; icon: ReactNode; rows: readonly Row[] }) {
  if (rows.length === 0) return null;
  return (
    <section className={styles.group}>
      <h2>
        {title} <span className={styles.count}>{rows.length}</span>
      </h2>
      <ul className={styles.rows}>
        {rows.map((row) => (
          <li key={row.id}>
            <Link to={row.to} className={styles.row}>
              {icon}
              <span className={styles.title}>{row.title}</span>
              <span className={styles.detail}>{row.detail}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

export default function SearchPage() {
  const t = useT();
  const query = new URLSearchParams(useQueryString()).get("q") ?? "";
  const { data, error, loading } = useSearch(query);
  const customers = (data?.customers ?? []).map((customer) => ({
    id: customer.id,
    to: `/customers/${customer.id}`,
    title: nameOfCustomer(customer),
    detail: telling(customer),
  }));
  const contacts = (data?.contacts ?? []).map((contact) => ({
    id: contact.id,
    to: `/desk/${contact.id}`,
    title: contact.snippet || t("shell.contacts"),
    detail: [
      nameOfCustomer({ id: contact.customer_id, name: contact.customer }),
      lookup(`desk.channel.${contact.channel}`) ?? contact.channel,
      formatShort(contact.opened_at),
    ]
      .filter(Boolean)
      .join(" · "),
  }));
  const asked = query.trim().length >= 2;
  return (
    <Page title={t("search.title")}>
      <div className={styles.field}>
        <TextField
          label={t("search.label")}
          labelHidden
          type="search"
          value={query}
          onChange={(next) =>
            navigate(next ? `/search?q=${encodeURIComponent(next)}` : "/search", { replace: true })
          }
          placeholder={t("search.hint")}
          autoFocus
          large
        />
      </div>
      <div aria-live="polite">
        {error ? (
          <EmptyState title={error.message} text={error.fix} />
        ) : !asked ? (
          <EmptyState
            icon={<Search size={24} aria-hidden="true" />}
            title={t("search.start")}
            text={t("search.start_text")}
          />
        ) : customers.length + contacts.length > 0 ? (
          <>
            <Results title={t("customers.title")} icon={<User size={15} aria-hidden="true" />} rows={customers} />
            <Results
              title={t("shell.contacts")}
              icon={<MessageSquare size={15} aria-hidden="true" />}
              rows={contacts}
            />
          </>
        ) : loading ? (
          <p className="visually-hidden">{t("ui.loading")}</p>
        ) : (
          <EmptyState title={t("search.none", { query })} text={t("search.none_text")} />
        )}
      </div>
    </Page>
  );
}
