/** Keeps my audio where my contacts are: looks at the desk's state, does what the plan says. */
import { preferences } from "@/app/preferences";
import { liveState, subscribeLive } from "@/live/store";
import { wasInCall } from "./memory";
import { adoptCall, closeCall, currentLegs, joinCall, prepareCall, subscribeLegs } from "./phone";
import { planAudio } from "./plan";

function follow(): void {
  const steps = planAudio(liveState(), currentLegs(), preferences().callsOn === "browser", wasInCall);
  for (const step of steps) {
    if (step.do === "prepare") void prepareCall(step.contact);
    else if (step.do === "join") void joinCall(step.contact, "own", "talk", step.again);
    else if (step.do === "adopt") adoptCall(step.contact, step.role);
    else closeCall(step.contact);
  }
}

/** Follow until the returned function is called; calls that are up then stay up. */
export function followCalls(): () => void {
  follow();
  const stops = [subscribeLive(follow), subscribeLegs(follow)];
  return () => {
    for (const stop of stops) stop();
  };
}
