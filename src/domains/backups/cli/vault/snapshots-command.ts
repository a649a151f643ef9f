import { z } from 'zod';

import type { Snapshot, SnapshotList } from '#engines/vault';
import { type Command, exitCodes, table } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import {
  defineVaultCommand,
  faultOf,
  openRepository,
  repositoryInput,
  repositoryOptions,
  type VaultCommandDeps,
} from './vault-command.ts';

export function snapshotsCommand(deps: VaultCommandDeps): Command<unknown> {
  return defineVaultCommand({
    words: ['vault', 'snapshots'],
    options: repositoryOptions,
    input: z.strictObject(repositoryInput),
    async run(place, context) {
      const { out, signal, translator } = context;
      await using vault = await openRepository(place, deps, context);
      const list = await vault.snapshots(signal);
      const damaged = list.damaged.map((error) => ({
        object: String(error.params['object']),
        ...faultOf(error, translator),
      }));
      for (const { message } of damaged) out.warn(`✖ ${message}`);
      out.result({ snapshots: list.snapshots.map(rowOf), damaged }, () => render(list, translator));
      return damaged.length === 0 ? exitCodes.done : exitCodes.partlyDone;
    },
  });
}

function rowOf(snapshot: Snapshot): object {
  const { id, startedAt, endedAt, host, source, tags, result, totals, problems, parent, copyOf, signature } = snapshot;
  const { files, bytes } = totals;
  const facts = { startedAt, endedAt, host, source, tags, result, files, bytes, problems: problems.length };
  return { snapshot: id, ...facts, parent, copyOf, signature };
}

function render({ snapshots }: SnapshotList, translator: Translator): string {
  if (snapshots.length === 0) return translator.text('cli.vault.snapshots.empty');
  const head = ['snapshot', 'made', 'source', 'files', 'size', 'tags'].map((name) =>
    translator.text(`backups.column-${name}`),
  );
  const rows = snapshots.map(({ id, endedAt, source, tags, result, totals }) => [
    `${id.slice(0, 12)}${result === 'partial' ? ' ⚠' : ''}`,
    translator.time(endedAt),
    source,
    translator.number(totals.files),
    translator.bytes(totals.bytes),
    tags.join(' '),
  ]);
  return table([head, ...rows]);
}
