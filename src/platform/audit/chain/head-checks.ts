/** What the signed heads say beside what they say of single rows: all there, all signed, none beyond the chain's end. */

import type { ExportedHeads } from '../contract/chain-shapes.ts';
import type { AuditKey } from './audit-key.ts';
import type { ChainTables } from './audit-tables.ts';
import { headText } from './signed-points.ts';

export interface HeadFinding {
  readonly fault: 'truncated' | 'signature';
  readonly seq: number;
}

interface HeadCheck {
  readonly heads: readonly ChainTables['audit_heads'][];
  readonly key: AuditKey;
  readonly exported: ExportedHeads | undefined;
  /** The last number that was read. */
  readonly last: number;
  /** How many heads the record of the newest entry counts. */
  readonly tipHeads: number;
}

export function brokenHead({ heads, key, exported, last, tipHeads }: HeadCheck): HeadFinding | undefined {
  const unsigned = heads.find((head) => !key.verify(head.key_id, headText(head), head.signature));
  if (unsigned !== undefined) return { fault: 'signature', seq: unsigned.seq };
  const gap = heads.find((head, index) => head.number !== index + 1);
  if (gap !== undefined) return { fault: 'signature', seq: gap.seq };
  const beyond = [...heads, ...(exported?.heads ?? [])].find((head) => head.seq > last);
  if (beyond !== undefined) return { fault: 'truncated', seq: last + 1 };
  return heads.length < tipHeads ? { fault: 'signature', seq: last } : undefined;
}
