import { wasTouched } from './presence';

/** A refusal of any of our servers: a problem+json of the portal, or a Kubernetes Status of the manager. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly params: Record<string, unknown>;
  readonly causes: readonly Cause[];
  readonly requestId: string | null;

  constructor(status: number, body: Record<string, unknown>, requestId: string | null) {
    const details = body.details as { causes?: Cause[] } | undefined;
    super(text(body.message) || text(body.detail) || text(body.title) || `HTTP ${status}`);
    this.status = status;
    this.code = text(body.code && typeof body.code === 'string' ? body.code : body.reason);
    this.params = (body.params as Record<string, unknown> | undefined) ?? {};
    this.causes = details?.causes ?? [];
    this.requestId = requestId;
  }
}

/** One fault of a document, as the manager names it. */
export interface Cause {
  readonly field?: string;
  readonly message: string;
  readonly reason?: string;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Called when the server says that there is no session (any more). */
let onSignedOut: () => void = () => undefined;

/** There is no session any more. */
export function signedOut(): void {
  onSignedOut();
}

export function whenSignedOut(listener: () => void): void {
  onSignedOut = listener;
}

const SAFE = new Set(['GET', 'HEAD']);

function cookie(name: string): string | undefined {
  return document.cookie
    .split('; ')
    .find((each) => each.startsWith(`${name}=`))
    ?.slice(name.length + 1);
}

async function refused(response: Response, path: string): Promise<ApiError> {
  const body = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  if (response.status === 401 && !path.startsWith('/api/v1/session')) signedOut();
  return new ApiError(response.status, body, response.headers.get('x-request-id'));
}

/** What is sent with a request beside its path. */
export interface Sending {
  readonly method?: string;
  readonly body?: unknown;
  readonly yaml?: string;
  readonly signal?: AbortSignal;
}

/** Calls one of our servers and reads JSON; throws {@link ApiError} when it refuses. */
export async function call<T>(path: string, sending: Sending = {}): Promise<T> {
  const method = sending.method ?? 'GET';
  const headers: Record<string, string> = { accept: 'application/json' };
  // It does not keep the session alive.
  if (!wasTouched()) headers['x-background'] = '1';
  const token = SAFE.has(method) ? undefined : cookie('XSRF-TOKEN');
  if (token) headers['x-xsrf-token'] = decodeURIComponent(token);
  const init: RequestInit = { method, headers, credentials: 'same-origin' };
  if (sending.signal) init.signal = sending.signal;
  if (sending.yaml !== undefined) {
    headers['content-type'] = 'application/yaml';
    init.body = sending.yaml;
  } else if (sending.body !== undefined) {
    headers['content-type'] = 'application/json';
    init.body = JSON.stringify(sending.body);
  }
  const response = await fetch(path, init);
  if (!response.ok) throw await refused(response, path);
  const length = response.headers.get('content-length');
  if (response.status === 204 || length === '0') return undefined as T;
  const answer = await response.text();
  return (answer ? JSON.parse(answer) : undefined) as T;
}

/** A path with its query, leaving out what is empty. */
export function url(path: string, query: Record<string, string | number | undefined>): string {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  if (pairs.length === 0) return path;
  return `${path}?${new URLSearchParams(pairs.map(([key, value]) => [key, String(value)])).toString()}`;
}
