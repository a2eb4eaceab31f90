/** Names of timers, ends and other things a conversation tells of. */
import { lookup } from "@/i18n/t";
import type { Line } from "./talk";

export function timerName(name: string): string {
  if (name.startsWith("task:")) return lookup("simulator.timer.task", { name: name.slice(5) }) ?? name;
  return lookup(`simulator.timer.${name.replace("journey.", "")}`) ?? name;
}

export function endName(reason: string): string {
  return lookup(`simulator.end.${reason}`) ?? reason;
}

/** What a line is about, in words. */
export function stepWords(line: Line): string {
  if (line.kind === "time") return timerName(line.name);
  if (line.kind === "ended") return endName(line.name);
  if (line.kind === "language") return lookup(`shell.locale.${line.name}`) ?? line.name;
  return line.name;
}
