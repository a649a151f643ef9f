/** `kura backups status|runs|verifications`: where things stand and how they came there. */
import { z } from 'zod';

import { type Command, defineCommand } from '#platform/cli';

import type { Backups } from '../backups.ts';
import * as contract from '../contract/index.ts';
import { renderStatus } from './render-status.ts';
import { renderRun, renderVerification } from './report-work.ts';

const define = defineCommand<Backups>();
const historyInput = z.strictObject({
  job: contract.jobKeySchema.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(20),
});
const history = { arguments: [{ name: 'job' }], options: [{ flags: '--limit <n>' }], remote: true } as const;

const statusCommand = define({
  words: ['backups', 'status'],
  arguments: [{ name: 'job' }],
  remote: true,
  input: z.strictObject({ job: contract.jobKeySchema.optional() }),
  async run({ job: key }, { call, out, translator }) {
    if (key === undefined) {
      const status = await call(contract.readBackupStatus);
      out.result(status, () => renderStatus(status.jobs, translator));
    } else {
      const job = await call(contract.readJobStatus, { params: { key } });
      out.result({ evaluatedAt: job.evaluatedAt, jobs: [job] }, () => renderStatus([job], translator));
    }
    return 0;
  },
});

const runsCommand = define({
  ...history,
  words: ['backups', 'runs'],
  options: [
    ...history.options,
    { flags: '--copy <name>' },
    { flags: '--result <result>' },
    { flags: '--since <time>' },
  ],
  input: historyInput.extend({
    copy: contract.copyNameSchema.optional(),
    result: contract.runResultSchema.optional(),
    since: z.iso.datetime({ offset: true }).optional(),
  }),
  async run(query, { call, out, translator }) {
    const page = await call(contract.listBackupRuns, { query });
    out.result(page, () =>
      page.items.length === 0
        ? translator.text('cli.backups.runs.empty')
        : page.items.map((run) => `${translator.time(run.startedAt)}  ${renderRun(run, translator)}`).join('\n'),
    );
    return 0;
  },
});

const verificationsCommand = define({
  ...history,
  words: ['backups', 'verifications'],
  input: historyInput,
  async run(query, { call, out, translator }) {
    const page = await call(contract.listVerifications, { query });
    out.result(page, () =>
      page.items.length === 0
        ? translator.text('cli.backups.verifications.empty')
        : page.items
            .map((one) => `${translator.time(one.startedAt)}  ${renderVerification(one, translator)}`)
            .join('\n'),
    );
    return 0;
  },
});

export const statusCommands: ReadonlyArray<Command<Backups>> = [statusCommand, runsCommand, verificationsCommand];
