/** Demo only: choose whom to be. */
import { ArrowRight, ChartNoAxesColumn, Headset, Phone, Settings, ShoppingBag, Workflow } from "lucide-react";
import { useState } from "react";
import { ApiError } from "@/api/client";
import { useT } from "@/i18n/t";
import { showToast } from "@/ui/toasts";
import { type DemoState, PHONE_URL, SHOP_URL } from "../demo";
import { navigate } from "../router";
import { signInAs } from "../session";
import styles from "./login.module.css";

const ROLES = [
  { id: "agent", icon: Headset, to: "/desk" },
  { id: "supervisor", icon: ChartNoAxesColumn, to: "/live" },
  { id: "designer", icon: Workflow, to: "/journeys" },
  { id: "admin", icon: Settings, to: "/admin" },
] as const;

/** Customers are no role: they use pages of their own. */
const CUSTOMERS = [
  { id: "customer", icon: ShoppingBag, url: SHOP_URL },
  { id: "caller", icon: Phone, url: PHONE_URL },
] as const;

export function RolePicker({ demo }: { demo: DemoState }) {
  const t = useT();
  const [busy, setBusy] = useState(false);
  const offered = ROLES.filter((role) => demo.roles.includes(role.id));

  const enter = async (role: string, to: string) => {
    setBusy(true);
    try {
      await signInAs(role);
      navigate(to, { replace: true });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      showToast({ tone: "bad", text: error.message, fix: error.fix });
    } finally {
      setBusy(false);
    }
  };

  return (
    <div className={styles.roles}>
      {offered.map(({ id, icon: Icon, to }) => (
        <button key={id} type="button" className={styles.role} disabled={busy} onClick={() => void enter(id, to)}>
          <span className={styles.roleIcon}>
            <Icon size={20} aria-hidden="true" />
          </span>
          <span className={styles.roleName}>{t(`session.role.${id}`)}</span>
          <span className={styles.roleText}>{t(`session.role_text.${id}`)}</span>
          <ArrowRight size={16} className={styles.arrow} aria-hidden="true" />
        </button>
      ))}
      {CUSTOMERS.map(({ id, icon: Icon, url }) => (
        <a key={id} className={styles.role} href={url} target="_blank" rel="noreferrer">
          <span className={styles.roleIcon}>
            <Icon size={20} aria-hidden="true" />
          </span>
          <span className={styles.roleName}>{t(`session.role.${id}`)}</span>
          <span className={styles.roleText}>{t(`session.role_text.${id}`)}</span>
          <ArrowRight size={16} className={styles.arrow} aria-hidden="true" />
        </a>
      ))}
    </div>
  );
}
