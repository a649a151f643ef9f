/** Every request with its headers, so that tests can hold a client to its manners. */
import type { IncomingHttpHeaders } from 'node:http';

import type { RouteName } from './faults/fault.ts';

export interface LoggedRequest {
  readonly listener: 'api' | 'storage';
  readonly route: RouteName;
  readonly method: string;
  /** Path and query as received; tokens in it are not masked. */
  readonly url: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Wall clock, milliseconds. */
  readonly at: number;
  /** Tells connections apart: the client's port. */
  readonly remotePort: number;
  readonly versionId: number | undefined;
  readonly fileId: number | undefined;
  readonly status: number | undefined;
  /** Body bytes handed to the connection. */
  readonly bytesSent: number;
  /** Answered to the end; false while running or when the connection broke. */
  readonly finished: boolean;
  /** Milliseconds on the clock when the response ended; undefined while it runs. */
  readonly endedAt: number | undefined;
}

export type LogEntry = { -readonly [Key in keyof LoggedRequest]: LoggedRequest[Key] };

export interface RequestLog {
  readonly entries: readonly LoggedRequest[];
  add(entry: LogEntry): void;
  clear(): void;
}

/** Keeps the newest 20,000: a load test must not fill the memory. */
export function createRequestLog(capacity = 20_000): RequestLog {
  const entries: LogEntry[] = [];
  return {
    entries,
    add(entry) {
      if (entries.length >= capacity) entries.splice(0, capacity / 10);
      entries.push(entry);
    },
    clear() {
      entries.length = 0;
    },
  };
}
