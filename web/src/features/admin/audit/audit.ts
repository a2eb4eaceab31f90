/** Audit lines in words. */
import { plainWords } from "@/i18n/names";
import { lookup } from "@/i18n/t";

export interface AuditLine {
  seq: number;
  at: string;
  actor_id: string | null;
  actor: string;
  action: string;
  subject: string;
  detail: Readonly<Record<string, unknown>>;
  ip: string | null;
}

/** `queue.changed` → "Queue changed"; verbs and kinds have their own words, some actions a sentence. */
export function actionName(action: string): string {
  const whole = lookup(`admin.action.${action}`);
  if (whole) return whole;
  const [kind = "", verb = ""] = action.split(".");
  const named = lookup(`admin.kind.${kind}`) ?? plainWords(kind);
  return lookup(`admin.verb.${verb}`, { kind: named }) ?? plainWords(action);
}

/** The detail in one line: `fields: name, target_s · version: 3`. */
export function detailText(detail: AuditLine["detail"]): string {
  return Object.entries(detail)
    .map(([name, value]) => {
      const words = Array.isArray(value) ? value.map((each) => fieldName(each)).join(", ") : fieldName(value);
      return `${lookup(`admin.detail.${name}`) ?? plainWords(name)}: ${words}`;
    })
    .join(" · ");
}

const UUID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;

/** `agent:01a1…` → "Person Mina"; an id without a name keeps its first letters. */
export function subjectText(subject: string, names: ReadonlyMap<string, string>): string {
  const at = subject.indexOf(":");
  const [kind, id] = [subject.slice(0, at), subject.slice(at + 1)];
  if (at < 0) return subject;
  const named = names.get(id) ?? (UUID.test(id) ? id.slice(0, 8) : id);
  return `${lookup(`admin.kind.${kind}`) ?? plainWords(kind)} · ${named}`;
}

function fieldName(value: unknown): string {
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  return lookup(`admin.field.${text}`) ?? lookup(`admin.role.${text}`) ?? text;
}
