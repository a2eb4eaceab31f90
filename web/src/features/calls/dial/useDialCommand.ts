/** "Call a number", for who takes calls. */
import { useCommands } from "@/app/commands";
import { takesCalls } from "@/live/calls";
import { liveState } from "@/live/store";

export function useDialCommand(open: () => void): void {
  useCommands(
    [
      {
        id: "call:dial",
        title: "calls.dial",
        group: "conversation",
        keys: "d",
        when: () => takesCalls(liveState()),
        run: open,
      },
    ],
    "dial",
  );
}
