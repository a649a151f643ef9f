/** What is asked of the fault proxy, and what it may do wrong with one answer. */
import type { SeededContent } from './seeded-content.ts';

export interface Ask {
  /** `api` is the counted address that leads to a signed one; everything else is the file. */
  readonly route: 'api' | 'file';
  readonly path: string;
  readonly query: URLSearchParams;
  /** Half-open, as asked for. */
  readonly range: readonly [start: number, end: number | undefined] | undefined;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Count of asks on this route, from 1. */
  readonly hit: number;
  /** Count of connections, from 1. */
  readonly connection: number;
  /** Number of the signed address, in the order they were given out; undefined on an unsigned one. */
  readonly signature: number | undefined;
}

/** `close` is an orderly end, `reset` a RST, `silence` an open socket without bytes, `trickle` a byte a second. */
export type Ending = 'close' | 'reset' | 'silence' | 'trickle';

/** Everything left out is well behaved. */
export interface Misbehaviour {
  readonly delayMs?: number;
  /** Something that is not HTTP. */
  readonly garbage?: boolean;
  /** What happens instead of an answer: half-open is `silence`, and the head may trickle. */
  readonly unanswered?: Ending;
  /** Something else than the file. */
  readonly instead?: { readonly status: number; readonly headers?: Readonly<Record<string, string>>; text?: string };
  /** What happens after this many bytes of the body. */
  readonly end?: { readonly after: number; readonly how: Ending };
  /** A bit of this byte of the file is flipped, if it is sent. */
  readonly flipAt?: number;
  /** What Content-Length says more than is sent, or less. */
  readonly lengthBy?: number;
  /** What Content-Range says more than the file has. */
  readonly totalBy?: number;
  readonly contentRange?: 'missing' | 'shifted';
  /** Answer 200 with everything to a Range request. */
  readonly ignoreRange?: boolean;
  /** Answer 206 although If-Range names another version. */
  readonly ignoreIfRange?: boolean;
  /** The bytes of the file's start, whatever the header says. */
  readonly fromStart?: boolean;
  readonly etag?: string | null;
  /** Another version of the file. */
  readonly content?: SeededContent;
  readonly gzip?: boolean;
  readonly chunked?: boolean;
  readonly bytesPerSecond?: number;
}

export type Behave = (ask: Ask) => Misbehaviour;
