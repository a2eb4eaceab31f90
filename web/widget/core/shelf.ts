/** The browser's storage, made safe to rely on. */

/** The part of Storage that is used; browsers that block storage are served from memory. */
export interface Shelf {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** The browser's storage, or a shelf that lasts as long as the page where storage is blocked. */
export function shelfOr(open: () => Shelf): Shelf {
  try {
    const shelf = open();
    shelf.setItem("warmline:probe", "1");
    shelf.removeItem("warmline:probe");
    return shelf;
  } catch {
    const kept = new Map<string, string>();
    return {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
    };
  }
}
