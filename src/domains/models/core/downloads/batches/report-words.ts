/** What reports say in the reader's language. */
import type { Translator } from '#platform/i18n';

import type { Batch } from '../../../store/batch-store.ts';
import type { StoredReason } from '../../../store/reason-column.ts';

/** Why; empty when there is nothing to say. A reason of a program older or newer than this one stays its code. */
export function reasonText(reason: StoredReason | null, { has, text }: Translator): string {
  if (reason === null) return '';
  return has(reason.code) ? text(reason.code, reason.params) : reason.code;
}

export function originText({ origin }: Pick<Batch, 'origin'>, { text }: Translator): string {
  return origin.map(({ kind, detail, count }) => text(`models.batch.origin.${kind}`, { detail, count })).join(' + ');
}

export function secondsOf(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms / 100) / 10;
}
