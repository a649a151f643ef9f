/**
 * Eighteen faults (models-peers.md tables 1d and 4d), our engine and the tools people use side by side: who ends with the
 * right file, who says that it has none, and who is silently wrong. `npm run bench faults`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { MIB } from '#kernel/units';
import { seededContent } from '#stand-ins/fault-proxy';

import { eighteenRows, type FaultRow } from '../test/integration/transfer/fault-rows.ts';
import { putToFault } from '../test/integration/transfer/put-to-fault.ts';
import { mountSmallVolume } from '../test/integration/transfer/small-volume.ts';
import { putPeerToFault } from './faults/peer-trial.ts';
import { peers, versionOf } from './faults/peers.ts';

const content = seededContent('eighteen faults', 20 * MIB + 4711);
const fullVolume = content.size * 0.6;

interface Contender {
  readonly name: string;
  /** One of right, loud, SILENT, hangs – and what else there is to say. */
  meet(row: FaultRow, folder: string): Promise<string>;
}

const contenders = [...ours(), ...(await installedPeers())];
console.log(`| fault | ${contenders.map(({ name }) => name).join(' | ')} |`);
console.log(`| --- |${' --- |'.repeat(contenders.length)}`);
const ends = contenders.map((): string[] => []);
for (const row of eighteenRows) {
  for (const [index, contender] of contenders.entries()) ends[index]?.push(await inOwnFolder(contender, row));
  console.log(`| ${row.name} | ${ends.map((all) => all.at(-1)).join(' | ')} |`);
}
for (const end of ['right', 'loud', 'SILENT', 'hangs', 'leak']) {
  const counts = ends.map((all) => all.filter((told) => told.includes(end)).length);
  console.log(`| **${end}** | ${counts.join(' | ')} |`);
}

function ours(): readonly Contender[] {
  return [true, false].map((published) => ({
    name: `Kura x4${published ? ', SHA-256 known' : ''}`,
    async meet(row, folder) {
      try {
        const { outcome } = await putToFault(row, { folder, content, published });
        if (outcome.end === 'loud') return 'loud';
        return outcome.measured === content.sha256 ? 'right' : 'SILENT';
      } catch (error) {
        // The judge of the tests: a wrong file, an unclear error, litter, a leaked credential.
        return `SILENT (${String(error).slice(0, 60)})`;
      }
    },
  }));
}

async function installedPeers(): Promise<readonly Contender[]> {
  const contenders: Contender[] = [];
  for (const peer of peers) {
    const version = await versionOf(peer);
    console.log(`${peer.name}: ${version ?? 'not installed, so it says nothing here'}`);
    if (version === undefined) continue;
    contenders.push({
      name: peer.name,
      async meet(row, folder) {
        const { end, exitCode, leaked } = await putPeerToFault(peer, row, folder, content);
        const told = end === 'silent' ? 'SILENT' : end;
        return `${told}${end === 'loud' ? ` (${exitCode})` : ''}${leaked ? ', leak' : ''}`;
      },
    });
  }
  console.log('');
  return contenders;
}

async function inOwnFolder(contender: Contender, row: FaultRow): Promise<string> {
  if (row.disk === 'full') {
    await using volume = await mountSmallVolume(fullVolume);
    return volume ? await contender.meet(row, volume.path) : 'not tried: needs root';
  }
  const folder = await mkdtemp(join(tmpdir(), 'kura-bench-faults-'));
  try {
    return await contender.meet(row, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
