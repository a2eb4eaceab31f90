/** Doing what may wait after the picture that answers a key or a click. */

/**
 * Run something once the picture of this moment is drawn, and `wait_ms` are over; the answer gives it up. A page that
 * is not to be seen draws none: nothing is waited for but the time.
 */
export function afterPicture(run: () => void, wait_ms = 0): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const soon = () => {
    timer = setTimeout(run, wait_ms);
  };
  const frame = document.hidden ? null : requestAnimationFrame(soon);
  if (frame === null) soon();
  return () => {
    if (frame !== null) cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}
