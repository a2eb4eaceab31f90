/** A customer: who they are, how to reach them, and everything that happened, newest first. */
import { Download, Trash2 } from "lucide-react";
import { Suspense, useState } from "react";
import { api } from "@/api/client";
import type { Customer } from "@/api/customers";
import { useResource } from "@/api/resource";
import { lazy } from "@/app/fetching";
import { hasRole } from "@/app/session";
import { formatDate } from "@/i18n/format";
import { nameOfCustomer } from "@/i18n/names";
import { useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { Page } from "@/ui/Page";
import { StateChip } from "@/ui/StateChip";
import styles from "./customers.module.css";
import { Facts } from "./Facts";
import { NoteForm } from "./NoteForm";
import { Timeline } from "./Timeline";

const EraseDialog = lazy(() => import("./EraseDialog"));

export default function CustomerPage({ params }: { params: { id: string } }) {
  const t = useT();
  const [erasing, setErasing] = useState(false);
  const { data, error, reload } = useResource<Customer>(`/customers/${params.id}`);
  const name = data ? nameOfCustomer({ id: data.id, name: data.profile.name }) : t("customers.title");
  const mayErase = hasRole("admin") && data !== undefined && data.erased_at === null;
  const actions = mayErase ? (
    <>
      <a className={styles.export} href={api.url(`/customers/${params.id}/export`)} download>
        <Download size={14} aria-hidden="true" /> {t("customers.export")}
      </a>
      <Button tone="danger" icon={<Trash2 size={14} aria-hidden="true" />} onPress={() => setErasing(true)}>
        {t("customers.erase")}
      </Button>
    </>
  ) : null;
  return (
    <Page title={name} actions={actions}>
      {error ? (
        <EmptyState
          title={error.message}
          text={error.fix}
          action={<Button onPress={() => void reload()}>{t("ui.retry")}</Button>}
        />
      ) : data ? (
        <div className={styles.customer}>
          <aside className={styles.side}>
            {data.erased_at ? (
              <div className={styles.erased}>
                <StateChip state="off">{t("customers.erased", { date: formatDate(data.erased_at) })}</StateChip>
                <p>{t("customers.erased_text")}</p>
              </div>
            ) : (
              <StateChip state={data.known ? "ok" : "wait"}>
                {t(data.known ? "customers.known" : "customers.not_known")}
              </StateChip>
            )}
            <Facts customer={data} />
          </aside>
          <div className={styles.story}>
            {data.erased_at ? null : <NoteForm customer={data.id} />}
            <Timeline customer={data} />
          </div>
        </div>
      ) : (
        <p aria-busy="true" className={styles.quiet}>
          {t("ui.loading")}
        </p>
      )}
      {erasing && data ? (
        <Suspense fallback={null}>
          <EraseDialog customer={data} onClose={() => setErasing(false)} />
        </Suspense>
      ) : null}
    </Page>
  );
}
