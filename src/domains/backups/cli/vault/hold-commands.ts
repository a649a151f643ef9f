import { z } from 'zod';

import type { Hold, LiftedHold } from '#engines/vault';
import { type Command, table } from '#platform/cli';

import {
  defineVaultCommand,
  openRepository,
  repositoryInput,
  repositoryOptions,
  type VaultCommandDeps,
} from './vault-command.ts';

export function holdCommands(deps: VaultCommandDeps): readonly Command<unknown>[] {
  return [addHold(deps), listHolds(deps), liftHold(deps)];
}

function addHold(deps: VaultCommandDeps): Command<unknown> {
  return defineVaultCommand({
    words: ['vault', 'hold', 'add'],
    arguments: [{ name: 'snapshot', required: true }],
    options: [...repositoryOptions, { flags: '--reason <text>' }],
    input: z.strictObject({ ...repositoryInput, snapshot: z.string().min(1), reason: z.string().min(1) }),
    async run({ snapshot, reason, ...place }, context) {
      await using vault = await openRepository(place, deps, context);
      const hold = await vault.hold({ snapshot, reason, signal: context.signal });
      context.out.result(documentOf(hold), () => context.translator.text('cli.vault.hold.add.done', paramsOf(hold)));
      return 0;
    },
  });
}

function listHolds(deps: VaultCommandDeps): Command<unknown> {
  return defineVaultCommand({
    words: ['vault', 'hold', 'list'],
    options: repositoryOptions,
    input: z.strictObject(repositoryInput),
    async run(place, context) {
      const { out, translator } = context;
      await using vault = await openRepository(place, deps, context);
      const holds = await vault.holds(context.signal);
      out.result({ holds: holds.map(documentOf) }, () =>
        holds.length === 0
          ? translator.text('cli.vault.hold.list.empty')
          : table(
              holds.map(({ id, snapshot, placedAt, by, reason }) => [
                id.slice(0, 12),
                snapshot.slice(0, 12),
                translator.time(placedAt),
                by,
                reason,
              ]),
            ),
      );
      return 0;
    },
  });
}

function liftHold(deps: VaultCommandDeps): Command<unknown> {
  return defineVaultCommand({
    words: ['vault', 'hold', 'lift'],
    arguments: [{ name: 'hold', required: true }],
    options: repositoryOptions,
    input: z.strictObject({ ...repositoryInput, hold: z.string().min(1) }),
    async run({ hold: id, ...place }, context) {
      await using vault = await openRepository(place, deps, context);
      const hold = await vault.liftHold(id, context.signal);
      context.out.result(documentOf(hold), () =>
        'reason' in hold
          ? context.translator.text('cli.vault.hold.lift.done', paramsOf(hold))
          : context.translator.text('cli.vault.hold.lift.accepted', shortIds(hold)),
      );
      return 0;
    },
  });
}

function documentOf({ id, ...hold }: LiftedHold): object {
  return { hold: id, ...hold };
}

function paramsOf(hold: Hold) {
  return { ...shortIds(hold), reason: hold.reason };
}

function shortIds({ id, snapshot }: LiftedHold) {
  return { hold: id.slice(0, 12), snapshot: snapshot.slice(0, 12) };
}
