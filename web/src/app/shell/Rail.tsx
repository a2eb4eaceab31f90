/** The rail: where one can go, made from the routes this person may open. */
import { useT } from "@/i18n/t";
import { useUnreadTotal } from "@/live/selectors";
import { Badge } from "@/ui/StateChip";
import { showKeys } from "../commands";
import { Link } from "../Link";
import { usePath } from "../router";
import { navRoutes, navTarget } from "../routes";
import { Mark } from "./Mark";
import styles from "./shell.module.css";
import { useMessageCount } from "./useMessageCount";

const MESSAGES = "/messages";

export function Rail({ roles }: { roles: readonly string[] }) {
  const t = useT();
  const path = usePath();
  const unread = useUnreadTotal();
  const unheard = useMessageCount(navRoutes(roles).some((route) => route.path === MESSAGES));
  return (
    <nav className={styles.rail} aria-label={t("shell.rail")}>
      <span className={styles.mark}>
        <Mark />
      </span>
      <ul>
        {navRoutes(roles).map((route) => {
          if (route.nav?.rail === false) return null;
          const to = navTarget(route);
          const Icon = route.nav?.icon;
          const here = path === to || path.startsWith(`${to}/`);
          const keys = showKeys(route.nav?.keys);
          const name = t(route.title);
          return (
            <li key={route.path}>
              <Link
                to={to}
                className={styles.railLink}
                title={keys ? `${name} (${keys})` : name}
                aria-current={here ? "page" : undefined}
              >
                {Icon ? <Icon size={20} aria-hidden="true" /> : null}
                <span className="visually-hidden">{name}</span>
                {to === "/desk" ? (
                  <span className={styles.railBadge}>
                    <Badge count={unread} label={t("shell.unread", { count: unread })} />
                  </span>
                ) : null}
                {to === MESSAGES ? (
                  <span className={styles.railBadge}>
                    <Badge count={unheard} label={t("shell.unheard", { count: unheard })} />
                  </span>
                ) : null}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
