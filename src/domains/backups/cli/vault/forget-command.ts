import { z } from 'zod';
import type { ForgetResult, KeepPolicy, PruneResult } from '#engines/vault';
import { KuraError } from '#kernel/errors';
import { DAY } from '#kernel/units';
import { withoutUndefined } from '#kernel/without-undefined';
import { type Command, type CommandContext, table } from '#platform/cli';

import { pruneSentence, retainedSentence } from './prune-command.ts';
import {
  defineVaultCommand,
  openRepository,
  repositoryInput,
  repositoryOptions,
  type VaultCommandDeps,
} from './vault-command.ts';

const count = z.coerce.number().int().min(0).optional();
const periods = ['last', 'hourly', 'daily', 'weekly', 'monthly', 'yearly'] as const;
const input = z.strictObject({
  ...repositoryInput,
  snapshots: z.array(z.string().min(1)).default([]),
  keepLast: count,
  keepHourly: count,
  keepDaily: count,
  keepWeekly: count,
  keepMonthly: count,
  keepYearly: count,
  keepWithin: z.coerce.number().positive().optional(),
  keepTag: z.array(z.string().min(1)).optional(),
  host: z.string().min(1).optional(),
  source: z.string().min(1).optional(),
  timeZone: z.string().min(1).optional(),
  dryRun: z.boolean().default(false),
  prune: z.boolean().default(false),
});
type Input = z.output<typeof input>;

export function forgetCommand(deps: VaultCommandDeps): Command<unknown> {
  return defineVaultCommand({
    words: ['vault', 'forget'],
    arguments: [{ name: 'snapshots', variadic: true }],
    options: [
      ...repositoryOptions,
      ...periods.map((period) => ({ flags: `--keep-${period} <n>` })),
      { flags: '--keep-within <days>' },
      { flags: '--keep-tag <tag...>' },
      { flags: '--host <name>' },
      { flags: '--source <dir>' },
      { flags: '--time-zone <name>' },
      { flags: '--dry-run' },
      { flags: '--prune' },
    ],
    input,
    async run(asked, context) {
      const { out, signal } = context;
      const wish = wishOf(asked);
      await using vault = await openRepository(asked, deps, context);
      const done = await vault.forget({ ...wish, dryRun: asked.dryRun, signal });
      const pruned = asked.prune && !asked.dryRun ? await vault.prune({ signal }) : undefined;
      out.result(documentOf(done, pruned), () => render(done, pruned, context));
      return 0;
    },
  });
}

/** By policy or by name; both at once would leave open which of them counts. */
function wishOf(asked: Input) {
  const keep = policyOf(asked);
  if (asked.snapshots.length === 0) return { keep, ...filterOf(asked) };
  if (Object.keys(keep).length > 0) throw new KuraError('invalid', 'backups.forget-contradiction');
  return { snapshots: asked.snapshots };
}

function policyOf({
  keepLast,
  keepHourly,
  keepDaily,
  keepWeekly,
  keepMonthly,
  keepYearly,
  ...rest
}: Input): KeepPolicy {
  const wishes = {
    last: keepLast,
    hourly: keepHourly,
    daily: keepDaily,
    weekly: keepWeekly,
    monthly: keepMonthly,
    yearly: keepYearly,
    withinMs: rest.keepWithin === undefined ? undefined : rest.keepWithin * DAY,
    tags: rest.keepTag,
  };
  return withoutUndefined(wishes);
}

function filterOf({ host, source, timeZone }: Input) {
  const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return { timeZone: timeZone ?? ownZone, ...withoutUndefined({ host, source }) };
}

function documentOf({ dryRun, kept, removed, retained }: ForgetResult, pruned: PruneResult | undefined): object {
  return {
    dryRun,
    removed,
    retained,
    kept: kept.map(({ snapshot: { id, startedAt, source }, reasons }) => ({
      snapshot: id,
      startedAt,
      source,
      reasons,
    })),
    ...(pruned === undefined ? {} : { pruned }),
  };
}

function render(done: ForgetResult, pruned: PruneResult | undefined, { translator }: CommandContext<unknown>): string {
  const { dryRun, kept, removed } = done;
  const rows = kept.map(({ snapshot, reasons }) => [
    snapshot.id.slice(0, 12),
    translator.time(snapshot.endedAt),
    snapshot.source,
    reasons.map((reason) => translator.text(`cli.vault.forget.because-${reason}`)).join(', '),
  ]);
  const sentence = translator.text(dryRun ? 'cli.vault.forget.would' : 'cli.vault.forget.done', {
    removed: translator.number(removed.length),
    kept: translator.number(kept.length),
  });
  const lines = [
    ...(rows.length === 0 ? [] : [table(rows)]),
    sentence,
    ...(done.retained.length === 0 ? [] : [retainedSentence(done, translator)]),
    ...(pruned === undefined ? [] : [pruneSentence(pruned, translator)]),
  ];
  return lines.join('\n');
}
