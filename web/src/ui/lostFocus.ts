/**
 * Focus that fell out of the page because what had it was taken away: an offer that was accepted, a call that has
 * ended. Whoever works by keyboard or hears the page goes on where the work goes on, not at the top.
 */
import { type RefObject, useEffect, useLayoutEffect } from "react";

/** What had focus last, and everything around it at that moment. */
let last: readonly EventTarget[] = [];
/** It was put into the main part for want of a better place, which may still come. */
let parked = false;

function noted(event: FocusEvent): void {
  last = event.composedPath();
  parked = false;
}

/** Watch where focus is, from now on. Returns how to stop. */
export function followFocus(): () => void {
  document.addEventListener("focusin", noted);
  return () => document.removeEventListener("focusin", noted);
}

/** Whether what had focus is gone and nothing else has it; `from`: and it was within that. */
export function focusIsLost(from?: Element): boolean {
  if (parked) return from === undefined && document.activeElement === document.getElementById("main");
  const [element] = last;
  if (!(element instanceof Element) || element.isConnected) return false;
  if (from !== undefined && !last.includes(from)) return false;
  return document.activeElement === null || document.activeElement === document.body;
}

/** Put lost focus at the beginning of the main part. */
function parkFocus(): void {
  if (!focusIsLost()) return;
  document.getElementById("main")?.focus({ preventScroll: true });
  parked = true;
}

/** Where work goes on: takes focus that was lost before it came, and hands its own on to the main part when it goes. */
export function useTakesLostFocus(place: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    if (focusIsLost()) place.current?.focus({ preventScroll: true });
  }, [place]);
  useLayoutEffect(() => {
    const own = place.current;
    return () => {
      // What comes in its stead may take focus first.
      if (own?.contains(document.activeElement)) setTimeout(parkFocus);
    };
  }, [place]);
}

/** Keep focus within `place` when one of its controls that had it is taken away. */
export function useKeepsFocus(place: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    if (place.current && focusIsLost(place.current)) place.current.focus({ preventScroll: true });
  });
}
