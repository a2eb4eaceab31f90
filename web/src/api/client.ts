/** The REST client: session cookie, CSRF header, refusals as errors with a text and a fix. */
import { lookup } from "@/i18n/t";

export interface RefusalBody {
  code: string;
  text: string;
  fix: string;
  details?: Readonly<Record<string, string | number | null>>;
}

/** What the server (or the network) refused, in the words of the interface. */
export class ApiError extends Error {
  readonly code: string;
  readonly fix: string;
  readonly status: number;
  readonly details: Readonly<Record<string, string | number | null>>;

  constructor(status: number, body: RefusalBody) {
    const words = refusalWords(body);
    super(words.text);
    this.code = body.code;
    this.fix = words.fix;
    this.status = status;
    this.details = body.details ?? {};
  }
}

/** The text and fix of a refusal in the current language, else as the server wrote them. */
export function refusalWords(body: RefusalBody): { text: string; fix: string } {
  const params = Object.fromEntries(Object.entries(body.details ?? {}).map(([key, value]) => [key, value ?? ""]));
  return {
    text: lookup(`errors.${body.code}`, params) ?? body.text,
    fix: lookup(`errors.${body.code}.fix`, params) ?? body.fix,
  };
}

type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

let csrf: string | null = null;
let onSignedOut: () => void = () => undefined;

export function setCsrf(token: string | null): void {
  csrf = token;
}

/** `listener` runs when the server says that the session is over. */
export function whenSignedOut(listener: () => void): void {
  onSignedOut = listener;
}

function address(path: string, query?: Query): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value !== null && value !== undefined && value !== "") search.set(key, String(value));
  }
  const tail = search.size > 0 ? `?${search}` : "";
  return `/api${path}${tail}`;
}

function isRefusal(value: unknown): value is { error: RefusalBody } {
  if (typeof value !== "object" || value === null || !("error" in value)) return false;
  const { error } = value;
  return typeof error === "object" && error !== null && "code" in error && "text" in error;
}

async function failure(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null);
  if (isRefusal(body)) return new ApiError(response.status, body.error);
  return new ApiError(response.status, { code: "unexpected", text: `HTTP ${response.status}`, fix: "" });
}

async function answer(method: string, url: string, body?: unknown): Promise<Response> {
  const headers = new Headers({ Accept: "application/json, */*;q=0.5" });
  if (method !== "GET" && csrf) headers.set("X-CSRF-Token", csrf);
  const form = body instanceof FormData;
  if (body !== undefined && !form) headers.set("Content-Type", "application/json");
  let response: Response;
  try {
    response = await fetch(url, {
      method,
      headers,
      credentials: "same-origin",
      body: form ? body : body === undefined ? null : JSON.stringify(body),
    });
  } catch {
    throw new ApiError(0, { code: "network", text: "The server cannot be reached.", fix: "" });
  }
  if (!response.ok) {
    const error = await failure(response);
    if (error.status === 401 && !url.startsWith("/api/auth/") && !url.startsWith("/api/demo/")) onSignedOut();
    throw error;
  }
  return response;
}

async function call<R>(method: string, url: string, body?: unknown): Promise<R> {
  const response = await answer(method, url, body);
  if (response.status === 204) return undefined as R;
  return (await response.json()) as R;
}

export const api = {
  get: <R>(path: string, query?: Query) => call<R>("GET", address(path, query)),
  post: <R>(path: string, body: unknown = {}) => call<R>("POST", address(path), body),
  put: <R>(path: string, body: unknown) => call<R>("PUT", address(path), body),
  delete: <R>(path: string, query?: Query) => call<R>("DELETE", address(path, query)),
  /** A file: of a GET, or of a POST where there is a body. */
  file: async (path: string, body?: unknown) =>
    (await answer(body === undefined ? "GET" : "POST", address(path), body)).blob(),
  /** The plain address of a GET, for links and downloads. */
  url: address,
};
