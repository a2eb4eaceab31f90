/** What can be done with a call, as commands: keys, ⌘K and the `?` sheet know them from here. */
import { type Command, useCommands } from "@/app/commands";
import { tellCall } from "@/live/asking";
import type { Call } from "@/live/calls";
import { sendCommand } from "@/live/commands";
import type { Card } from "@/live/protocol";
import { joinCall, leaveCall, muteCall } from "../phone/phone";
import type { Leg } from "../phone/state";
import type { Tray } from "./CallBar";
import { hangUp } from "./hangUp";

export interface CallCommands {
  id: string;
  card: Card | undefined;
  call: Call | undefined;
  leg: Leg | undefined;
  own: boolean;
  /** Keys go to one call only. */
  active: boolean;
  open: (tray: Tray) => void;
}

/** The conversation in view has keys of its own for hold. */
function inConversation(): boolean {
  return /^\/desk\/./.test(location.pathname);
}

export function useCallCommands({ id, card, call, leg, own, active, open }: CallCommands): void {
  const up = leg?.phase === "up";
  const held = Boolean(card?.on_hold_since);
  const recording = call?.recording.state;
  const commands: readonly Command[] = [
    {
      id: "call:mute",
      title: leg?.muted ? "calls.unmute" : "calls.mute",
      group: "conversation",
      keys: "m",
      when: () => active && up,
      run: () => leg && muteCall(id, !leg.muted),
    },
    {
      id: "call:hold",
      title: held ? "calls.command.resume" : "calls.command.hold",
      group: "conversation",
      keys: "h",
      when: () => active && own && !inConversation(),
      run: () => sendCommand(id, { kind: held ? "resume" : "hold" }),
    },
    {
      id: "call:keypad",
      title: "calls.keypad",
      group: "conversation",
      keys: "k",
      when: () => active,
      run: () => open("keypad"),
    },
    {
      id: "call:consult",
      title: "calls.consult",
      group: "conversation",
      when: () => active && own,
      run: () => open("consult"),
    },
    {
      id: "call:secure",
      title: "calls.secure",
      group: "conversation",
      when: () => active && own,
      run: () => open("secure"),
    },
    {
      id: "call:record",
      title: recording === "paused" ? "calls.recording.resume" : "calls.recording.pause",
      group: "conversation",
      when: () => active && own && (recording === "on" || recording === "paused"),
      run: () => tellCall({ t: "call_record", contact: id, on: recording === "paused" }),
    },
    {
      id: "call:join",
      title: "calls.join_again",
      group: "conversation",
      when: () => active && (leg?.phase === "left" || leg?.phase === "failed" || leg?.phase === "elsewhere"),
      run: () => leg && void joinCall(id, leg.role, leg.mode, true, true),
    },
    {
      id: "call:leave",
      title: "calls.leave",
      group: "conversation",
      when: () => active && up,
      run: () => leaveCall(id),
    },
    {
      id: "call:hang_up",
      title: "calls.hang_up",
      group: "conversation",
      keys: "shift+h",
      when: () => active && own,
      run: () => hangUp(id, card, call),
    },
  ];
  useCommands(active ? commands : [], `${id} ${active} ${held} ${leg?.muted} ${recording}`);
}
