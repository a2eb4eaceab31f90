/** System notifications, for agents who look at another window. */
import { preferences } from "./preferences";

export function canNotify(): boolean {
  return typeof Notification !== "undefined" && Notification.permission === "granted";
}

/** Ask once; browsers want this inside a click. */
export async function askToNotify(): Promise<boolean> {
  if (typeof Notification === "undefined") return false;
  if (Notification.permission === "default") await Notification.requestPermission();
  return Notification.permission === "granted";
}

/** Show a notification if nobody looks at the page. Returns how to take it back. */
export function notify(title: string, body: string, tag: string): () => void {
  if (!canNotify() || !preferences().notifications || document.hasFocus()) return () => undefined;
  const shown = new Notification(title, { body, tag, icon: "/favicon.svg" });
  shown.onclick = () => {
    window.focus();
    shown.close();
  };
  return () => shown.close();
}
