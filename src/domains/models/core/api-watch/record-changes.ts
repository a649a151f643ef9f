import { type ApiChange, type ChangeKind, changeKey, isAtLeast } from '#engines/civitai';
import { type Clock, nowInstant } from '#kernel/clock';
import type { IdSource } from '#kernel/ids';
import type { WriteTransaction } from '#platform/unit-of-work';

import { countSighting, findChange, insertChange, pruneChanges, reopenChange } from '../../store/api-watch-store.ts';
import { apiChanged } from './api-changed-event.ts';

export interface RecordDeps {
  readonly clock: Clock;
  readonly ids: IdSource;
}

/** What a site in trouble shows and a healed one no longer does: closed by the next good answers, open when it is back. */
export const passingKinds = [
  'body-empty',
  'body-html',
  'body-xml',
  'body-truncated',
  'body-not-json',
  'body-double-encoded',
  'status-changed',
] as const satisfies readonly ChangeKind[];

function isPassing(kind: ChangeKind): boolean {
  return passingKinds.some((one) => one === kind);
}

/** How many changes the history holds (M-280). */
const HISTORY = 100;
/** Of what came instead; it may be a stranger's text. */
const LONGEST_DETAIL = 300;

/**
 * Notes what was seen; a change that is known counts one sighting more. Additive ones are accepted at once, others stay
 * open until a person accepts them. True when something is open: then the answer must not be learned.
 */
export async function recordChanges(
  tx: WriteTransaction,
  deps: RecordDeps,
  changes: readonly ApiChange[],
): Promise<boolean> {
  const at = nowInstant(deps.clock);
  let isOpen = false;
  for (const [identity, change] of byIdentity(changes)) {
    const known = await findChange(tx, 'identity', identity);
    if (known !== undefined) {
      await countSighting(tx, known.id, at);
      const isBack = known.state === 'accepted' && known.acceptedBy === null && isPassing(known.kind);
      if (isBack) await reopenChange(tx, known.id);
      isOpen ||= known.state === 'open' || isBack;
      continue;
    }
    const id = deps.ids.next();
    const state = change.additive ? 'accepted' : 'open';
    const seen = { firstSeenAt: at, lastSeenAt: at, sightings: 1 };
    const accepted = { acceptedAt: change.additive ? at : null, acceptedBy: null };
    await insertChange(tx, { ...change, id, state, ...seen, ...accepted }, identity);
    isOpen ||= state === 'open';
    if (isAtLeast(change.impact, 'high')) {
      const { endpoint, kind, path, was, now, impact } = change;
      tx.publish(apiChanged, { changeId: id, endpoint, kind, path, was, now, impact });
    }
  }
  await pruneChanges(tx, HISTORY);
  return isOpen;
}

function byIdentity(changes: readonly ApiChange[]): ReadonlyMap<string, ApiChange> {
  return new Map(
    changes.map((change) => {
      const short = { ...change, was: shorten(change.was), now: shorten(change.now) };
      return [changeKey(short), short];
    }),
  );
}

function shorten(text: string): string {
  // PostgreSQL stores no NUL in text.
  const clean = text.replaceAll('\u0000', '').toWellFormed();
  return clean.length > LONGEST_DETAIL ? `${clean.slice(0, LONGEST_DETAIL - 1)}…` : clean;
}
