/** One agent: presence and since when, how full, and each contact in hand. */
import { ArrowRightLeft } from "lucide-react";
import { CallPart, Listen } from "@/app/calls";
import { Link } from "@/app/Link";
import { nameOfCustomer, nameOfStatus } from "@/i18n/names";
import { localText, lookup, useT } from "@/i18n/t";
import type { Adherence, BoardAgent } from "@/live/protocol";
import { loadOf, queueName } from "@/live/selectors";
import { useLive } from "@/live/store";
import { IconButton } from "@/ui/Button";
import { type State, StateChip } from "@/ui/StateChip";
import styles from "./board.module.css";
import { Clock } from "./Clocks";
import type { Movable } from "./ReassignDialog";

const STATES: Readonly<Record<BoardAgent["presence"], State>> = { available: "ok", away: "wait", offline: "off" };

function Load({ load, capacity }: { load: number; capacity: number }) {
  const t = useT();
  return (
    <span className={styles.load}>
      <span className="visually-hidden">{t("board.load", { load, capacity })}</span>
      {Array.from({ length: Math.max(load, capacity) }, (_each, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: places have no identity but their position.
        <span key={at} aria-hidden="true" className={at < load ? styles.full : styles.room} />
      ))}
    </span>
  );
}

/** As planned is said quietly; anything else stands out, with since when. */
function Standing({ adherence: { state, since_at } }: { adherence: Adherence }) {
  const t = useT();
  if (state === "in") return <span className={styles.quiet}>{t("board.adherence.in")}</span>;
  return (
    <span className={styles.warn}>
      {t(`board.adherence.${state}`)} {since_at ? <Clock since={since_at} /> : null}
    </span>
  );
}

export interface AgentCardProps {
  agent: BoardAgent;
  onReassign: (contact: Movable) => void;
}

export function AgentCard({ agent, onReassign }: AgentCardProps) {
  const t = useT();
  const me = useLive((state) => state.me?.id);
  const reason = agent.reason ? (lookup(`shell.reason.${agent.reason}`) ?? agent.reason) : null;
  return (
    <li className={styles.agent}>
      <header className={styles.agentHead}>
        <strong className={styles.name}>{agent.name}</strong>
        <Load load={loadOf(agent.load)} capacity={loadOf(agent.capacity)} />
      </header>
      <p className={styles.agentState}>
        <StateChip state={STATES[agent.presence]}>{reason ?? t(`shell.presence.${agent.presence}`)}</StateChip>
        <Clock since={agent.since_at} />
        {agent.adherence ? <Standing adherence={agent.adherence} /> : null}
      </p>
      {agent.contacts.length > 0 ? (
        <ul className={styles.held}>
          {agent.contacts.map((contact) => {
            const name = nameOfCustomer(contact.customer);
            return (
              <li key={contact.id} className={styles.heldRow}>
                <Link to={`/desk/${contact.id}`} className={styles.heldLink}>
                  <span>{name}</span>
                  <span className={styles.small}>
                    {nameOfStatus(contact.status)}
                    {contact.queue_id ? ` · ${localText(queueName(contact.queue_id), contact.queue_id)}` : ""}
                  </span>
                </Link>
                <Clock since={contact.since_at} />
                <span className={styles.heldActs}>
                  {contact.channel === "voice" && contact.status === "connected" && agent.id !== me ? (
                    <CallPart>
                      <Listen contact={contact.id} agent={agent.name} />
                    </CallPart>
                  ) : null}
                  {contact.status === "wrap_up" ? null : (
                    <IconButton
                      label={t("board.reassign_of", { name })}
                      icon={<ArrowRightLeft size={13} aria-hidden="true" />}
                      onPress={() => onReassign({ id: contact.id, name, queue_id: contact.queue_id })}
                    />
                  )}
                </span>
              </li>
            );
          })}
        </ul>
      ) : null}
    </li>
  );
}
