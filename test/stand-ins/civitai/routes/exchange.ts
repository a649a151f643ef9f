/** What a route gets and gives: the request as the handlers see it, the answer as data. */
import type { IncomingHttpHeaders } from 'node:http';

import type { Clock } from '#kernel/clock';

import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Fault } from '../faults/fault.ts';
import type { FaultDesk } from '../faults/fault-board.ts';
import type { HashBook } from '../files/file-hashes.ts';
import type { HashIndex } from './hash-index.ts';
import type { Listing } from './listing.ts';

export interface Account {
  readonly token: string;
  readonly id: number;
  readonly username: string;
  readonly tier?: 'free' | 'founder' | 'bronze' | 'silver' | 'gold';
  /** Version ids this account may download although they are gated. */
  readonly grants?: readonly number[];
  /** Model ids marked as favourite. */
  readonly favorites?: readonly number[];
  /** File preferences: they decide what a bare download URL gives. */
  readonly preferences?: {
    readonly format?: string;
    readonly size?: string;
    readonly fp?: string;
    readonly quantType?: string;
  };
}

export interface Site {
  readonly catalogue: Catalogue;
  readonly listing: Listing;
  readonly hashes: HashBook;
  readonly hashIndex: HashIndex;
  readonly faults: FaultDesk;
  readonly clock: Clock;
  readonly accounts: readonly Account[];
  readonly linkSecret: string;
  readonly linkLifetimeSeconds: number;
  /** `http://127.0.0.1:PORT` of the API and of the storage listener. */
  readonly urls: { readonly api: string; readonly storage: string };
}

export interface SiteRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Scheme and host the client asked: lists build their URLs from it. */
  readonly origin: string;
  readonly account: Account | undefined;
  /** Faults that hit this request. */
  readonly effects: Fault;
  body(): Promise<string>;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Objects go out as JSON, strings as they are. */
  readonly body?: unknown;
  readonly cache?: 'public' | 'by-hash' | 'none';
}

export type Handler = (site: Site, request: SiteRequest) => Answer | Promise<Answer>;

export function refusal(status: number, error: unknown, more: Readonly<Record<string, unknown>> = {}): Answer {
  return { status, body: { error, ...more }, cache: 'none' };
}
