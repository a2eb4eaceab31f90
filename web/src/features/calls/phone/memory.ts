/** Which call this window was in, over a reload. */

const KEY = "warmline.call";

export function rememberCall(contact: string | null): void {
  if (contact === null) sessionStorage.removeItem(KEY);
  else sessionStorage.setItem(KEY, contact);
}

export function wasInCall(contact: string): boolean {
  return sessionStorage.getItem(KEY) === contact;
}
