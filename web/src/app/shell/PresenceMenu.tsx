/** One's own presence: the state, since when, and what comes next. */
import { CircleCheck, CircleMinus, Coffee } from "lucide-react";
import { Button } from "react-aria-components/Button";
import { formatClock } from "@/i18n/format";
import { useT } from "@/i18n/t";
import { sendPresence } from "@/live/commands";
import { useServerNow } from "@/live/now";
import { loadOf } from "@/live/selectors";
import { useLive } from "@/live/store";
import { classes } from "@/ui/classes";
import { Menu, type MenuGroup } from "@/ui/Menu";
import { startShift } from "../shift";
import { awayReasons, reasonName } from "./presence";
import styles from "./shell.module.css";

const ICONS = { available: CircleCheck, away: Coffee, offline: CircleMinus };

export function PresenceMenu() {
  const t = useT();
  const me = useLive((state) => state.me);
  const own = useLive((state) => state.pause_reasons);
  const now = useServerNow();
  if (!me) return null;
  const Icon = ICONS[me.presence];
  const reasons = awayReasons(own);
  const name = me.reason ? reasonName(me.reason, own) : t(`shell.presence.${me.presence}`);
  const busy = loadOf(me.load) > 0;

  const groups: MenuGroup[] = [
    {
      id: "now",
      label: t("shell.presence_now"),
      entries: [
        {
          id: "available",
          label: t("shell.presence.available"),
          selected: me.presence === "available" && !me.next,
        },
        ...reasons.map(({ id, label }) => ({
          id: `away:${id}`,
          label,
          selected: me.presence === "away" && me.reason === id,
        })),
        { id: "offline", label: t("shell.end_shift"), selected: me.presence === "offline" },
      ],
    },
  ];
  if (busy && me.presence === "available") {
    groups.push({
      id: "next",
      label: t("shell.presence_next"),
      entries: reasons.map(({ id, label }) => ({
        id: `next:${id}`,
        label,
        selected: me.next?.presence === "away" && me.next.reason === id,
      })),
    });
  }

  const choose = (id: string) => {
    const [kind, reason] = id.split(":");
    if (kind === "available") {
      if (me.presence === "offline") void startShift();
      else sendPresence("available");
    }
    if (kind === "away") sendPresence("away", reason);
    if (kind === "next") sendPresence("away", reason, true);
    if (kind === "offline") sendPresence("offline", undefined, busy);
  };

  return (
    <Menu
      label={t("shell.presence_menu")}
      groups={groups}
      onAction={choose}
      trigger={
        <Button className={classes(styles.presence, styles[me.presence])}>
          <Icon size={14} aria-hidden="true" />
          <span className="visually-hidden">{t("shell.presence_menu")}</span>
          {name}
          <span className={styles.clock} aria-hidden="true">
            {formatClock((now - Date.parse(me.since_at)) / 1000)}
          </span>
          {me.next ? (
            <span className={classes(styles.next, styles.wideOnly)}>
              {t("shell.next_is", {
                name: me.next.reason ? reasonName(me.next.reason, own) : t(`shell.presence.${me.next.presence}`),
              })}
            </span>
          ) : null}
        </Button>
      }
    />
  );
}
