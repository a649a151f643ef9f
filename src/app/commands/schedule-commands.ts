/** `kura schedules`: what Kura does by itself, and when. */
import { z } from 'zod';

import { type Command, defineCommand, table } from '#platform/cli';
import { changeSchedule, listScheduleRuns, listSchedules, runSchedule } from '#platform/schedule/contract';

import type { AppContext } from '../context.ts';

const define = defineCommand<AppContext>();
const named = { arguments: [{ name: 'id', required: true }], remote: true } as const;
const input = z.strictObject({ id: z.string().min(1) });

export const scheduleCommands: readonly Command<AppContext>[] = [
  define({
    words: ['schedules', 'list'],
    remote: true,
    input: z.strictObject({}),
    run: async (_input, { call, out, translator }) => {
      const { items } = await call(listSchedules);
      out.result({ items }, () =>
        items.length === 0
          ? translator.text('cli.schedules.list.empty')
          : table(
              items.map(({ id, timing, nextRun, lastRun, fault }) => [
                id,
                timing.kind === 'cron' ? `${timing.cron} ${timing.zone}` : `${timing.everyMs / 1000} s`,
                nextRun ?? '–',
                lastRun ?? '–',
                fault ?? '',
              ]),
            ),
      );
      return undefined;
    },
  }),
  define({
    words: ['schedules', 'runs'],
    ...named,
    input,
    run: async ({ id }, { call, out, translator }) => {
      const { items } = await call(listScheduleRuns, { params: { id } });
      out.result({ items }, () =>
        items.length === 0
          ? translator.text('cli.schedules.runs.empty')
          : table(
              items.map(({ plannedAt, trigger, status, jobId, skipped }) => [
                plannedAt,
                trigger,
                skipped ? translator.text('cli.schedules.runs.skipped') : (status ?? '–'),
                jobId,
              ]),
            ),
      );
      return undefined;
    },
  }),
  define({
    words: ['schedules', 'run'],
    ...named,
    input,
    run: async ({ id }, { call, out, translator }) => {
      const answer = await call(runSchedule, { params: { id } });
      out.result(answer, () => translator.text('cli.schedules.run.queued', { job: answer.jobId }));
      return undefined;
    },
  }),
  switchCommand('pause'),
  switchCommand('resume'),
];

function switchCommand(word: 'pause' | 'resume'): Command<AppContext> {
  return define({
    words: ['schedules', word],
    ...named,
    input,
    run: async ({ id }, { call, out, translator }) => {
      const changed = await call(changeSchedule, { params: { id }, body: { enabled: word === 'resume' } });
      const facts = { id, next: changed.nextRun ?? '–' };
      out.result(changed, () => translator.text(`cli.schedules.${word}.done`, facts));
      return undefined;
    },
  });
}
