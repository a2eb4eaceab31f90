/** Leaving a journey's page within the app: its work is saved on the way out; what cannot be saved is put aside. */
import { dropAside, writeAside } from "./aside";
import type { DraftKeeper } from "./keeper";

/** How to go on alone with a journey whose page was left, by journey: what is on its way arrives first. */
const left = new Map<string, () => Promise<void>>();

/** Save what `keeper` has; while that fails it is tried again, and lies in this tab for who comes back. */
export async function leave(keeper: DraftKeeper, me: string | null, journey: string): Promise<void> {
  const draft = keeper.state().draft?.id ?? null;
  const follow = () => {
    const aside = keeper.aside();
    if (aside) writeAside(me, journey, aside);
    else dropAside(me, journey, draft);
    return aside !== null;
  };
  let stop = () => {};
  const saved = keeper.flush().finally(() => {
    if (follow()) stop = keeper.subscribe(follow);
    else if (left.get(journey) === alone) left.delete(journey);
  });
  const alone = async () => {
    await Promise.allSettled([saved]);
    await keeper.giveUp();
    stop();
  };
  left.set(journey, alone);
  await saved;
}

/** Wait for what is still on its way from a page that was left; from now on nobody else saves it. */
export async function comeBack(journey: string): Promise<void> {
  const alone = left.get(journey);
  left.delete(journey);
  await alone?.();
}
