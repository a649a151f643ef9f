/** Which media there are: registering, describing, finding, acting on them. */

import { restDays } from '#engines/rotation';
import { defaultPolicy } from '#engines/rule32110';
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { DAY } from '#kernel/units';
import type { Actor } from '#platform/unit-of-work';

import {
  actionsAt,
  type ChangedMedium,
  type MediumDetail,
  type MediumEvent,
  type NewMedium,
} from '../../contract/index.ts';
import { findBindings, usesOf, writesOnSets } from '../../store/media/binding-store.ts';
import { listCertificates } from '../../store/media/certificate-store.ts';
import type { MediaTables } from '../../store/media/media-tables.ts';
import { insertMediumEvent, listMediumEvents, summariseLoads } from '../../store/media/medium-history-store.ts';
import {
  countByStage,
  highestNumber,
  insertMedium,
  listMedia,
  type MediaFilter,
  type Medium,
  updateMediumFacts,
} from '../../store/media/medium-store.ts';
import { findSet } from '../../store/media/set-store.ts';
import { isTaken } from '../../store/register-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { requireMedium } from './find-registered-medium.ts';

const numberedPrefix = 'KURA-';

/** @throws KuraError conflict `backups.medium-exists`. */
export async function registerMedium(context: BackupsContext, actor: Actor, wanted: NewMedium): Promise<MediumDetail> {
  const at = nowInstant(context.clock);
  const id = context.ids.next();
  try {
    const label = await context.unitOfWork.write(actor, async (tx) => {
      const tables = tx.tables<MediaTables>();
      const given = wanted.label ?? (await nextLabel(tables));
      await insertMedium(tables, wanted, { id, label: given, at });
      const subject = { kind: 'backup-medium', id, name: given };
      await tx.audit({ action: 'backups.register-medium', subject, result: 'done', after: { kind: wanted.kind } });
      await insertMediumEvent(tables, {
        mediumId: id,
        at,
        action: 'register',
        from: null,
        to: 'new',
        place: '',
        actor: actor.name,
        note: '',
        evidence: {},
      });
      return given;
    });
    return await readMedium(context, label);
  } catch (error) {
    if (!isTaken(error)) throw error;
    throw new KuraError('conflict', 'backups.medium-exists', { params: { label: wanted.label }, cause: error });
  }
}

/** @throws KuraError `backups.medium-not-found`. */
export async function changeMedium(
  context: BackupsContext,
  actor: Actor,
  label: string,
  change: ChangedMedium,
): Promise<MediumDetail> {
  await context.unitOfWork.write(actor, async (tx) => {
    const tables = tx.tables<MediaTables>();
    const medium = await requireMedium(tables, label);
    await updateMediumFacts(tables, medium.id, change);
    const subject = { kind: 'backup-medium', id: medium.id, name: label };
    const before = Object.fromEntries(Object.keys(change).map((name) => [name, factOf(medium, name)]));
    await tx.audit({ action: 'backups.change-medium', subject, result: 'done', before, after: { ...change } });
  });
  return readMedium(context, label);
}

export async function readMedia(context: BackupsContext, filter: MediaFilter) {
  const reads = context.database.tables<MediaTables>();
  const items = await listMedia(reads, filter);
  return { items, stats: await countByStage(reads) };
}

/** @throws KuraError `backups.medium-not-found`. */
export async function readMedium({ database, clock }: BackupsContext, label: string): Promise<MediumDetail> {
  const reads = database.tables<MediaTables>();
  const medium = await requireMedium(reads, label);
  const copies = await copiesOn(reads, medium);
  const loads = await summariseLoads(reads, medium.id);
  const certificates = await listCertificates(reads, medium.id);
  const set = medium.set === null ? undefined : await findSet(reads, medium.set.key);
  const lastWrittenAt =
    copies
      .flatMap(({ writtenAt }) => writtenAt ?? [])
      .toSorted()
      .at(-1) ?? null;
  const lastUse = [lastWrittenAt, loads.lastLoadedAt]
    .flatMap((at) => at ?? [])
    .toSorted()
    .at(-1);
  const allowed =
    set === undefined || medium.set === null ? undefined : restDays(set.scheme, medium.set.position) + graceDays;
  const days = Math.floor((clock.now() - Date.parse(lastUse ?? medium.createdAt)) / DAY);
  return {
    ...medium,
    actions: [...actionsAt(medium.stage)],
    copies: copies.map(({ writes: _writes, ...copy }) => copy),
    usage: { writes: copies.reduce((sum, { writes }) => sum + writes, 0), lastWrittenAt, ...loads },
    rest: allowed === undefined ? null : { days, allowed, late: days > allowed },
    certificate: certificates.length > 0,
  };
}

/** What the rule allows a rotation besides, by default. */
const graceDays = defaultPolicy.rotationGraceMs / DAY;

/** @throws KuraError `backups.medium-not-found`. */
export async function readMediumEvents(
  { database }: BackupsContext,
  label: string,
  page: { readonly limit: number; readonly before?: number | undefined },
): Promise<readonly MediumEvent[]> {
  const reads = database.tables<MediaTables>();
  const { id } = await requireMedium(reads, label);
  return listMediumEvents(reads, id, page);
}

async function copiesOn(reads: Parameters<typeof findBindings>[0], medium: Medium) {
  const fixed = await findBindings(reads, { mediumIds: [medium.id] });
  const shared = await findBindings(reads, { setKeys: medium.set === null ? [] : [medium.set.key] });
  const uses = await usesOf(
    reads,
    fixed.map(({ copyId }) => copyId),
  );
  const onSet = await writesOnSets(
    reads,
    shared.map(({ copyId }) => copyId),
  );
  return [
    ...fixed.map(({ copyId, job, copy, vaultId }) => {
      const use = uses.get(copyId);
      return {
        job,
        copy,
        vaultId,
        writtenAt: use?.writtenAt ?? null,
        verifiedAt: use?.verifiedAt ?? null,
        writes: use?.writes ?? 0,
      };
    }),
    ...shared.flatMap(({ copyId, job, copy, vaultId }) => {
      const written = onSet.find((one) => one.copyId === copyId && one.mediumId === medium.id);
      if (written === undefined) return [];
      return [{ job, copy, vaultId, writtenAt: written.writtenAt, verifiedAt: null, writes: written.writes }];
    }),
  ];
}

async function nextLabel(tables: Parameters<typeof highestNumber>[0]): Promise<string> {
  const number = (await highestNumber(tables, numberedPrefix)) + 1;
  return `${numberedPrefix}${String(number).padStart(4, '0')}`;
}

function factOf(medium: Medium, name: string): unknown {
  return new Map<string, unknown>(Object.entries(medium)).get(name);
}
