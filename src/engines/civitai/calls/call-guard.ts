/** What stands between us and a host that does not work: a circuit breaker, brought by the caller (platform.md P-023). */
export interface CallGuard {
  /** Asks for leave to send one request to `host`. */
  admit(host: string): Admission;
  /** Milliseconds until a request may be tried again; 0 = now. Takes no leave. */
  closedForMs(host: string): number;
}

export type Admission =
  /** `report` is called exactly once. */
  | { readonly admitted: true; report(outcome: CallOutcome): void }
  | { readonly admitted: false; readonly retryAfterMs: number };

export type CallOutcome =
  | { readonly kind: 'success' }
  /** The host did not work. */
  | { readonly kind: 'failure'; readonly reason: string }
  /** The host worked and said no, or we went away ourselves: says nothing about its health. */
  | { readonly kind: 'refusal' };

/** For callers who bring no breaker. */
export const openGuard: CallGuard = {
  admit: () => ({ admitted: true, report: () => undefined }),
  closedForMs: () => 0,
};
