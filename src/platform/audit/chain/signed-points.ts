/** What exactly is signed: each kind of point has its own first line, so that none passes for another. */
import type { Instant } from '#kernel/brands';

import type { AuditKey } from './audit-key.ts';
import type { ChainTables, SignedPoint } from './audit-tables.ts';

export type Point = Pick<SignedPoint, 'seq' | 'hash' | 'at'>;
type Tip = Omit<ChainTables['audit_tip'], 'key_id' | 'signature' | 'id'>;
type Purge = Point & { readonly rows: number };
type Head = Point & { readonly number: number };

export function headText({ number, seq, hash, at }: Head): string {
  return `kura-audit-head-1\n${number}\n${seq}\n${hash}\n${at}\n`;
}

export function tipText({ seq, hash, at, heads, head_seq, head_at }: Tip): string {
  return `kura-audit-tip-1\n${seq}\n${hash}\n${at}\n${heads}\n${head_seq}\n${head_at}\n`;
}

export function purgeText({ seq, hash, at, rows }: Purge): string {
  return `kura-audit-purge-1\n${seq}\n${hash}\n${at}\n${rows}\n`;
}

export function signedHead(key: AuditKey, head: Head): ChainTables['audit_heads'] {
  return { ...head, key_id: key.id, signature: key.sign(headText(head)) };
}

export function signedTip(key: AuditKey, tip: Tip): ChainTables['audit_tip'] {
  return { id: 1, ...tip, key_id: key.id, signature: key.sign(tipText(tip)) };
}

export function signedPurge(key: AuditKey, purge: Purge): ChainTables['audit_purges'] {
  return { ...purge, key_id: key.id, signature: key.sign(purgeText(purge)) };
}

/** Before the first row. */
export function emptyTip(hash: string, at: Instant): Tip {
  return { seq: 0, hash, at, heads: 0, head_seq: 0, head_at: at };
}
