/** Names of timers, ends, queues, hours, backends and other things a conversation tells of. */
import { localText, lookup } from "@/i18n/t";
import { taskName } from "../../desk/names";
import type { Names } from "../inspector/names";
import type { Line } from "./talk";

/** Timers of tasks carry the task's name, `task:orders.find`. */
const TASK = "task:";

export function timerName(name: string): string {
  if (name.startsWith(TASK))
    return lookup("simulator.timer.task", { name: taskName(name.slice(TASK.length)) }) ?? name;
  return lookup(`simulator.timer.${name.replace("journey.", "")}`) ?? name;
}

export function endName(reason: string): string {
  return lookup(`simulator.end.${reason}`) ?? reason;
}

/** What a queue or a calendar is called; its id where it has no name, or is not there. */
export function nameIn(all: Names["queues"], id: string): string {
  return localText(all.find((each) => each.id === id)?.name, id);
}

/** What a line is about, in words. */
export function stepWords(line: Line, names: Names): string {
  if (line.kind === "time") return timerName(line.name);
  if (line.kind === "ended") return endName(line.name);
  if (line.kind === "language") return lookup(`shell.locale.${line.name}`) ?? line.name;
  if (line.kind === "task") return taskName(line.name);
  if (line.kind === "queue" || line.kind === "callback") return nameIn(names.queues, line.name);
  return line.name;
}
