/** Search over customers and contacts, as one types. */
import { useEffect, useState } from "react";
import { type Resource, useResource } from "./resource";

export interface FoundCustomer {
  id: string;
  name: string | null;
  known: boolean;
  addresses: readonly { kind: string; value: string }[];
}

export interface FoundContact {
  id: string;
  customer_id: string;
  customer: string | null;
  status: string;
  channel: string;
  intent: string | null;
  opened_at: string;
  /** The words that were found, with some around them. */
  snippet: string;
}

/** An address that tells namesakes apart; empty when there is none. */
export function telling(customer: FoundCustomer): string {
  return customer.addresses.find((address) => address.kind !== "visitor")?.value ?? "";
}

export interface Found {
  customers: readonly FoundCustomer[];
  contacts: readonly FoundContact[];
}

const SETTLE_MS = 150;
const SHORTEST = 2;

/** Results for `query` once typing pauses; nothing is asked below two characters. */
export function useSearch(query: string): Resource<Found> {
  const [settled, setSettled] = useState(query);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(query), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [query]);
  const words = settled.trim();
  return useResource<Found>(words.length >= SHORTEST ? `/search?q=${encodeURIComponent(words)}` : null);
}
