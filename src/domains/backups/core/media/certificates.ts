/** Retirement and destruction, each with a certificate that Kura signs: what it was, what lay on it, who, why, how. */
import { createHash } from 'node:crypto';

import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { Actor, WriteTransaction } from '#platform/unit-of-work';

import type { Certificate, Destroy, MediumEvent, Retire } from '../../contract/index.ts';
import { findBindings } from '../../store/media/binding-store.ts';
import { findCertificate, insertCertificate, listCertificates } from '../../store/media/certificate-store.ts';
import type { MediaTables } from '../../store/media/media-tables.ts';
import { listMediumEvents } from '../../store/media/medium-history-store.ts';
import { type Medium, updatePosition } from '../../store/media/medium-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { changeStage, changingMedia } from './change-stage.ts';
import { requireMedium } from './find-registered-medium.ts';
import { mediumRetired } from './media-events.ts';

/** It leaves its rotation and is never written again; what happened to it stays on record. */
export async function retireMedium(
  context: BackupsContext,
  actor: Actor,
  label: string,
  { reason, note }: Retire,
): Promise<Certificate> {
  return changingMedia(context, actor, [label], async (tx, view) => {
    const medium = await changeStage(context, tx, { label, action: 'retire', note, evidence: { reason } }, view);
    await updatePosition(tx.tables<MediaTables>(), medium.id, null);
    tx.publish(mediumRetired, { mediumId: medium.id, label, name: medium.name });
    return certify(context, tx, medium, { kind: 'retired', facts: { reason, note } });
  });
}

/** Only of what is retired. */
export async function destroyMedium(
  context: BackupsContext,
  actor: Actor,
  label: string,
  { method, witness, note }: Destroy,
): Promise<Certificate> {
  return changingMedia(context, actor, [label], async (tx, view) => {
    const evidence = { method, witness };
    const medium = await changeStage(context, tx, { label, action: 'destroy', note, evidence }, view);
    return certify(context, tx, medium, { kind: 'destroyed', facts: { method, witness, note } });
  });
}

/** Oldest first. @throws KuraError `backups.medium-not-found`. */
export async function readCertificates({ database }: BackupsContext, label: string): Promise<readonly Certificate[]> {
  const reads = database.tables<MediaTables>();
  return listCertificates(reads, (await requireMedium(reads, label)).id);
}

/** @throws KuraError `backups.certificate-not-found`. */
export async function readCertificate({ database }: BackupsContext, id: string): Promise<Certificate> {
  const certificate = await findCertificate(database.tables<MediaTables>(), id);
  if (certificate !== undefined) return certificate;
  throw new KuraError('not-found', 'backups.certificate-not-found', { params: { certificate: id } });
}

interface Certified {
  readonly kind: Certificate['kind'];
  readonly facts: Readonly<Record<string, string>>;
}

/** Enough for every event that a medium has in its life; the hash covers what is told. */
const eventsCovered = 10_000;

async function certify(
  { ids, clock, signer }: BackupsContext,
  tx: WriteTransaction,
  medium: Medium,
  { kind, facts }: Certified,
): Promise<Certificate> {
  const tables = tx.tables<MediaTables>();
  const at = nowInstant(clock);
  const id = ids.next();
  const copies = await findBindings(tables, { mediumIds: [medium.id] });
  const history = await listMediumEvents(tables, medium.id, { limit: eventsCovered });
  const { label, kind: sort, name, maker, model, serial, capacityBytes, generation, purchasedOn } = medium;
  const document = JSON.stringify({
    certificate: id,
    kind,
    at,
    by: tx.actor.name,
    ...facts,
    medium: { label, kind: sort, name, maker, model, serial, capacityBytes, generation, purchasedOn },
    copies: copies.map(({ job, copy, vaultId }) => ({ job, copy, vaultId })),
    history: { events: history.length, sha256: hashOf(history) },
  });
  const certificate: Certificate = {
    id,
    label,
    kind,
    at,
    document,
    sha256: createHash('sha256').update(document).digest('hex'),
    signature: signer.sign(document),
    keyId: signer.id,
    publicKey: signer.publicKey,
  };
  await insertCertificate(tables, medium.id, certificate);
  return certificate;
}

function hashOf(history: readonly MediumEvent[]): string {
  return createHash('sha256').update(JSON.stringify(history)).digest('hex');
}
