/**
 * What the inventory says of copies: which medium carries each, where it is. A copy of a set lies on several media, one
 * generation on each; the verdict relies on the best of them.
 */
import { defaultPolicy } from '#engines/rule32110';
import { DAY } from '#kernel/units';
import type { ReadTables } from '#platform/db';

import { type MediumState, placeName } from '../../contract/index.ts';
import type { BackupsTables } from '../../store/backups-tables.ts';
import { findBindings, type MediumWrite, writesOnSets } from '../../store/media/binding-store.ts';
import type { MediaTables } from '../../store/media/media-tables.ts';
import { findMediaByIds, type Medium } from '../../store/media/medium-store.ts';
import { findRun } from '../../store/run-store.ts';
import type { Copy } from '../register/protected-job.ts';
import type { Run } from '../runs/run-record.ts';
import { stateOf } from './stage-in-register.ts';

export interface MediumFacts {
  readonly label: string;
  readonly stage: Medium['stage'];
  /** `Osaka / vault room / A-3`; empty when nobody put it anywhere. */
  readonly place: string;
  /** Only for copies of sets: what holds for this generation instead of what the register says. */
  readonly generation: Generation | null;
}

export interface Generation {
  /** The run that made it. */
  readonly run: Run;
  readonly state: MediumState;
  readonly stateAt: string;
  /** Undefined: where the original is. */
  readonly site: string | undefined;
}

/** By id of the copy; copies without a registered medium are missing. */
export async function mediaFacts(
  reads: ReadTables<BackupsTables & MediaTables>,
  copies: readonly Copy[],
): Promise<ReadonlyMap<string, MediumFacts>> {
  const removable = copies.filter(({ connectivity }) => connectivity === 'offline').map(({ id }) => id);
  const bound = await findBindings(reads, { copyIds: removable });
  if (bound.length === 0) return new Map();
  const shared = bound.filter(({ setKey }) => setKey !== null).map(({ copyId }) => copyId);
  const writes = Map.groupBy(await writesOnSets(reads, shared), ({ copyId }) => copyId);
  const ids = new Set([
    ...bound.flatMap(({ mediumId }) => mediumId ?? []),
    ...[...writes.values()].flat().map(({ mediumId }) => mediumId),
  ]);
  const media = new Map((await findMediaByIds(reads, [...ids])).map((medium) => [medium.id, medium]));
  const rotation = new Map(copies.map(({ id, rotationDays }) => [id, rotationDays ?? 0]));
  const facts = new Map<string, MediumFacts>();
  for (const { copyId, mediumId } of bound) {
    const fixed = mediumId === null ? undefined : media.get(mediumId);
    if (fixed !== undefined) facts.set(copyId, { ...factsOf(fixed), generation: null });
    const best = bestGeneration(writes.get(copyId) ?? [], media, rotation.get(copyId) ?? 0);
    const run = best === undefined ? undefined : await findRun(reads, best.write.runId);
    if (best !== undefined && run !== undefined)
      facts.set(copyId, { ...factsOf(best.medium), generation: generationOf(best.medium, run) });
  }
  return facts;
}

const gone: ReadonlySet<Medium['stage']> = new Set(['quarantine', 'lost', 'retired', 'destroyed']);

interface Written {
  readonly write: MediumWrite;
  readonly medium: Medium;
}

/**
 * One that is put away counts for more than a newer one in the drive, as long as it is no older than the rotation allows by
 * default;
 * one of a medium that is gone only when nothing else is left, so that the verdict can say so.
 */
export function bestGeneration(
  writes: readonly MediumWrite[],
  media: ReadonlyMap<string, Medium>,
  rotationDays: number,
): Written | undefined {
  const known = writes.flatMap((write): Written[] => {
    const medium = media.get(write.mediumId);
    return medium === undefined ? [] : [{ write, medium }];
  });
  const newestFirst = known.toSorted((a, b) => (a.write.writtenAt < b.write.writtenAt ? 1 : -1));
  const there = newestFirst.filter(({ medium }) => !gone.has(medium.stage));
  const newest = there[0];
  if (newest === undefined) return newestFirst[0];
  const oldest = Date.parse(newest.write.writtenAt) - rotationDays * DAY - defaultPolicy.rotationGraceMs;
  const fresh = there.filter(({ write }) => Date.parse(write.writtenAt) >= oldest);
  return fresh.find(({ medium }) => medium.stage === 'stored') ?? newest;
}

function generationOf({ stage, stageSince, place }: Medium, run: Run): Generation {
  return { run, state: stateOf(stage), stateAt: stageSince, site: place?.site };
}

function factsOf({ label, stage, place }: Medium) {
  return { label, stage, place: place === null ? '' : placeName(place) };
}
