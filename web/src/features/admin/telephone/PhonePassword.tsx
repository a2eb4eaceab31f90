/** What a desk phone signs in with: made anew, shown once, ready to copy. */
import { Check, Copy, KeyRound } from "lucide-react";
import { Fragment, useState } from "react";
import { api } from "@/api/client";
import { useSending } from "@/api/sending";
import { useT } from "@/i18n/t";
import { Button, IconButton } from "@/ui/Button";
import { ConfirmDialog } from "@/ui/Dialog";
import { Group } from "../crud/fields";
import styles from "./telephone.module.css";

const PARTS = ["user", "realm", "server", "secret"] as const;
type Told = Readonly<Record<(typeof PARTS)[number], string>>;

function Shown({ told }: { told: Told }) {
  const t = useT();
  const [copied, setCopied] = useState<string | null>(null);
  return (
    <div className={styles.secret} role="status">
      <p>{t("telephone.phones.secret_once")}</p>
      {PARTS.map((part) => {
        const what = t(`telephone.phones.told.${part}`);
        const done = copied === part;
        return (
          <Fragment key={part}>
            <span>{what}</span>
            <code>{told[part]}</code>
            <IconButton
              label={t(done ? "telephone.phones.copied" : "telephone.phones.copy", { what })}
              icon={done ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
              onPress={() => void navigator.clipboard.writeText(told[part]).then(() => setCopied(part))}
            />
          </Fragment>
        );
      })}
    </div>
  );
}

export function PhonePassword({ id }: { id: string | null }) {
  const t = useT();
  const [told, setTold] = useState<Told | null>(null);
  const [asking, setAsking] = useState(false);
  const { busy, problem, send } = useSending();
  if (id === null) {
    return (
      <Group title={t("telephone.phones.secret")}>
        <p className={styles.hint}>{t("telephone.phones.secret_later")}</p>
      </Group>
    );
  }
  return (
    <Group title={t("telephone.phones.secret")} hint={t("telephone.phones.secret_hint")}>
      {told ? <Shown told={told} /> : null}
      {problem ? (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      ) : null}
      <span>
        <Button icon={<KeyRound size={14} aria-hidden="true" />} isDisabled={busy} onPress={() => setAsking(true)}>
          {t("telephone.phones.secret_new")}
        </Button>
      </span>
      <ConfirmDialog
        title={t("telephone.phones.secret_ask")}
        open={asking}
        onClose={() => setAsking(false)}
        confirm={t("telephone.phones.secret_new")}
        onConfirm={() => void send(async () => setTold(await api.post<Told>(`/desk-phones/${id}/secret`)))}
      >
        <p>{t("telephone.phones.secret_ask_text")}</p>
      </ConfirmDialog>
    </Group>
  );
}
