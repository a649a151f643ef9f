/** What a repository holds, and who is writing to it. */
import { z } from 'zod';
import type { LockFacts } from '#engines/vault';
import { type Command, exitCodes, table } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import {
  defineVaultCommand,
  openRepository,
  repositoryInput,
  repositoryOptions,
  type VaultCommandDeps,
} from './vault-command.ts';

export function upkeepCommands(deps: VaultCommandDeps): readonly Command<unknown>[] {
  return [stats(deps), locks(deps), unlock(deps)];
}

function stats(deps: VaultCommandDeps): Command<unknown> {
  return defineVaultCommand({
    words: ['vault', 'stats'],
    options: repositoryOptions,
    input: z.strictObject(repositoryInput),
    async run(place, context) {
      const { out, translator } = context;
      await using vault = await openRepository(place, deps, context);
      const found = await vault.stats(context.signal);
      const { id, encrypted, appendOnly } = vault;
      out.result({ id, encrypted, appendOnly, ...found }, () =>
        translator.text('cli.vault.stats.done', {
          snapshots: translator.number(found.snapshots),
          snapshotBytes: translator.bytes(found.snapshotBytes),
          objects: translator.number(found.objects),
          storedBytes: translator.bytes(found.storedBytes),
          unread: translator.bytes(found.coverage.neverRead.bytes),
        }),
      );
      return 0;
    },
  });
}

function locks(deps: VaultCommandDeps): Command<unknown> {
  return defineVaultCommand({
    words: ['vault', 'locks'],
    options: repositoryOptions,
    input: z.strictObject(repositoryInput),
    async run(place, context) {
      const { out, translator } = context;
      await using vault = await openRepository(place, deps, context);
      const found = await vault.locks(context.signal);
      out.result({ locks: found }, () => render(found, translator));
      return 0;
    },
  });
}

function unlock(deps: VaultCommandDeps): Command<unknown> {
  return defineVaultCommand({
    words: ['vault', 'unlock'],
    options: [...repositoryOptions, { flags: '--force' }],
    input: z.strictObject({ ...repositoryInput, force: z.boolean().default(false) }),
    async run({ force, ...place }, context) {
      const { out, signal, translator } = context;
      await using vault = await openRepository(place, deps, context);
      const removed = await vault.unlock({ force, signal });
      const left = await vault.locks(signal);
      out.result({ removed, left }, () =>
        translator.text('cli.vault.unlock.done', { removed: removed.length, left: left.length }),
      );
      return left.length === 0 ? exitCodes.done : exitCodes.partlyDone;
    },
  });
}

function render(found: readonly LockFacts[], translator: Translator): string {
  if (found.length === 0) return translator.text('cli.vault.locks.empty');
  return table(
    found.map(({ state, purpose, host, pid, startedAt, heartbeatAt }) => [
      translator.text(`cli.vault.locks.${state}`),
      purpose,
      host,
      String(pid),
      ...[startedAt, heartbeatAt].map((at) => (at === undefined ? '' : translator.time(at))),
    ]),
  );
}
