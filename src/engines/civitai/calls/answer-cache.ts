/** Answers of the site, kept for a while (models.md M-047): the port, and the rules of what may be kept and for whom. */
import { createHash } from 'node:crypto';

import type { HttpAnswer } from '../http-transport.ts';

export interface StoredAnswer {
  /** When the site gave or last confirmed it, in milliseconds since the Unix epoch. */
  readonly at: number;
  readonly body: string;
  /** Validators for asking "has it changed?"; null = the site sent none. */
  readonly etag: string | null;
  readonly lastModified: string | null;
}

/** Keeps answers by key; a key says nothing about what it stands for and is safe as a file name. */
export interface AnswerCache {
  /** Null when there is none or it is damaged. Never rejects. */
  read(key: string): Promise<StoredAnswer | null>;
  /** Best effort: what cannot be kept is dropped. Never rejects. */
  write(key: string, answer: StoredAnswer): Promise<void>;
}

/** The same question of the same asker has the same key; a token goes in only as a hash. */
export function cacheKey(url: string, token: string | undefined): string {
  const normal = new URL(url);
  normal.searchParams.sort();
  const scope = token === undefined ? 'anonymous' : sha256(token);
  return sha256(`${normal.href}\n${scope}`);
}

/** Below these paths answers change with the account, and often with a click of its owner. */
const accountState = /^\/(?:me|vault|permissions|users)(?:\/|$)/;

/** Whether answers to this path may be kept at all. */
export function mayKeep(path: string): boolean {
  return !accountState.test(path);
}

/** Null when the server forbids keeping the answer (RFC 9111 §5.2.2). */
export function storedFrom(answer: HttpAnswer, at: number): StoredAnswer | null {
  if (/(?:^|,)\s*no-(?:store|cache)\b/i.test(answer.headers['cache-control'] ?? '')) return null;
  return {
    at,
    body: answer.body,
    etag: answer.headers['etag'] ?? null,
    lastModified: answer.headers['last-modified'] ?? null,
  };
}

/** The headers that ask "has it changed?" (RFC 9110 §13.1); empty where the site gave nothing to ask with. */
export function conditionsOf({ etag, lastModified }: StoredAnswer): Readonly<Record<string, string>> {
  return {
    ...(etag === null ? {} : { 'if-none-match': etag }),
    ...(lastModified === null ? {} : { 'if-modified-since': lastModified }),
  };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
