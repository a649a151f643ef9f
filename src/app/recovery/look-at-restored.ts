/** What is looked at in a restored Kura: details are facts without words, for people of every language. */
import type { RecoveryCheck } from '#backups/contract';
import type { RehearsedCheck } from '#backups/ports';
import { toKuraError } from '#kernel/errors';
import { createIndexProbe } from '#knowledge';
import { localCaller } from '#platform/access';
import type { Environment } from '#platform/config';
import type { ImageManifest } from '#platform/recovery';
import type { Actor } from '#platform/unit-of-work';

import { migrations } from '../migrations.ts';
import { differences, rowsIn } from './compare-rows.ts';
import type { Look } from './look.ts';
import { openRestored, type Restored } from './open-restored.ts';

export interface StoodUp {
  readonly home: string;
  readonly environment: Environment;
  /** Of its database. */
  readonly url: string;
  readonly manifest: ImageManifest;
}

/** Opens it through `stack`, and looks at everything; the last check tells when nothing more can be looked at. */
export async function lookAtRestored(
  { home, environment, url, manifest }: StoodUp,
  stack: AsyncDisposableStack,
  signal: AbortSignal,
): Promise<readonly RehearsedCheck[]> {
  // Before anything is opened, which writes.
  const rows = await look('recovery-counts', signal, async () => differences(manifest.counts, await rowsIn(url)));
  const opened: Restored[] = [];
  const database = await look('recovery-database', signal, async () => {
    const restored = await openRestored({ home, environment }, stack);
    opened.push(restored);
    return await lookAtDatabase(restored);
  });
  const [restored] = opened;
  if (restored === undefined) return [rows, database];
  return [
    rows,
    database,
    await look('recovery-audit', signal, () => lookAtAudit(restored, signal)),
    await look('recovery-secrets', signal, () => lookAtSecrets(restored)),
    await look('recovery-search', signal, () => lookAtSearch(restored)),
  ];
}

/** What cannot be looked at has not come back. @throws the signal's reason */
export async function look(
  check: RecoveryCheck,
  signal: AbortSignal,
  work: () => Promise<Look>,
): Promise<RehearsedCheck> {
  const found = await work().catch((error: unknown) => {
    signal.throwIfAborted();
    return { passed: false, detail: told(error) };
  });
  return { check, ...found };
}

/** In any language: a code, and what is known about it. */
function told(error: unknown): string {
  const { code, params } = toKuraError(error);
  const facts = Object.entries(params).map(([name, value]) => `${name}: ${String(value)}`);
  return [code, ...facts].join(' ');
}

const kura: Actor = { kind: 'system', id: 'kura', name: 'Kura' };

/** Its structure, its upgrades, and whether the search index fits the entries. */
async function lookAtDatabase({ platform: { database } }: Restored): Promise<Look> {
  const findings = await database.check({ migrations, probes: [createIndexProbe(database.dialect)] });
  return { passed: findings.length === 0, detail: findings.map(({ code }) => code).join(', ') || database.dialect };
}

async function lookAtAudit({ platform: { audit } }: Restored, signal: AbortSignal): Promise<Look> {
  const { ok, rows, finding } = await audit.check({ actor: kura, signal });
  return { passed: ok, detail: finding === undefined ? String(rows) : `${finding.fault} ${finding.seq}` };
}

/** The keys under which secrets are sealed must open under the master key of the recovery kit. */
async function lookAtSecrets({ platform: { secrets } }: Restored): Promise<Look> {
  const { keys, masterId } = await secrets.state();
  const usable = keys.filter((key) => key.usable).length;
  return { passed: usable === keys.length, detail: `${usable} / ${keys.length} (${masterId})` };
}

/** What was changed last must be found by its title; a knowledge base without entries answers nothing. */
async function lookAtSearch({ knowledge }: Restored): Promise<Look> {
  const reader = localCaller('kura');
  const { items } = await knowledge.list(reader, { limit: 1 });
  const [newest] = items;
  if (newest === undefined) return { passed: true, detail: '0' };
  const { hits, total, ms } = await knowledge.search(reader, { q: newest.title, limit: 50 });
  return { passed: hits.some(({ id }) => id === newest.id), detail: `${total} (${ms} ms)` };
}
