/** One window of a browser speaks in a call; the others know that it does. */

export interface Seat {
  /** Give it to another window. */
  leave: () => void;
}

/**
 * Take the seat of a call; null while another window has it. `taken` runs when another window takes it away later,
 * which it does with `force`.
 */
export function takeSeat(contact: string, force: boolean, taken: () => void): Promise<Seat | null> {
  if (!navigator.locks) return Promise.resolve({ leave: () => undefined });
  return new Promise((resolve) => {
    const options: LockOptions = force ? { steal: true } : { ifAvailable: true };
    let left = false;
    navigator.locks
      .request(`warmline.call.${contact}`, options, (lock) => {
        if (!lock) return resolve(null);
        return new Promise<void>((leave) => {
          resolve({
            leave: () => {
              left = true;
              leave();
            },
          });
        });
      })
      .catch(() => {
        if (!left) taken();
      });
  });
}
