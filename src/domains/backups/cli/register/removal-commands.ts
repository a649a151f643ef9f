/** `kura backups remove-copy`: told first, done with `--reason`. */
import { z } from 'zod';

import { type Command, defineCommand } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import type { Backups } from '../../backups.ts';
import * as contract from '../../contract/index.ts';

const removeCopyCommand = defineCommand<Backups>()({
  words: ['backups', 'remove-copy'],
  arguments: [
    { name: 'job', required: true },
    { name: 'copy', required: true },
  ],
  options: [{ flags: '--reason <text>' }],
  remote: true,
  input: z.strictObject({
    job: contract.jobKeySchema,
    copy: contract.copyNameSchema,
    reason: z.string().trim().min(1).max(500).optional(),
  }),
  async run({ job: key, copy, reason }, { call, out, translator }) {
    const params = { key, copy };
    const foreseen =
      reason === undefined
        ? await call(contract.foreseeCopyRemoval, { params })
        : await call(contract.removeBackupCopy, { params, body: { reason } });
    const removed = reason !== undefined;
    out.result({ removed, ...foreseen }, () =>
      [
        translator.text(`cli.backups.remove-copy.${removed ? 'done' : 'asked'}`, { copy: `${key}/${copy}` }),
        ...consequences(foreseen, translator).map((line) => `  ${line}`),
      ].join('\n'),
    );
    return 0;
  },
});

export const removalCommands: readonly Command<Backups>[] = [removeCopyCommand];

function consequences(removal: contract.CopyRemoval, translator: Translator): readonly string[] {
  const { verdict, lostDigits, newestHere, newestElsewhere, copiesLeft, lockedUntil, medium, repository } = removal;
  function line(name: string, params: Readonly<Record<string, string | number>>): string {
    return translator.text(`cli.backups.remove-copy.${name}`, params);
  }
  const verdicts = {
    now: translator.text(`backups.verdict-${verdict.now}`),
    after: translator.text(`backups.verdict-${verdict.after}`),
  };
  return [
    line('verdict', verdicts),
    ...lostDigits.map((digit) => line(`lost-${digit}`, {})),
    newestElsewhere === null
      ? line('nothing-left', {})
      : line('left', { copies: copiesLeft, time: translator.time(newestElsewhere) }),
    ...(newestHere === null ? [] : [line('here', { time: translator.time(newestHere) })]),
    ...(medium === null ? [] : [line('medium', { medium })]),
    ...(lockedUntil === null ? [] : [line('locked', { time: translator.time(lockedUntil) })]),
    line('stays', { repository }),
  ];
}
