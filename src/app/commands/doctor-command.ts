/** `kura doctor`: every probe, what it found, and whether that is good. */
import { z } from 'zod';

import { type Command, defineCommand, exitCodes, table } from '#platform/cli';
import { probeHealth } from '#platform/health';

import type { AppContext } from '../context.ts';

export const doctorCommand: Command<AppContext> = defineCommand<AppContext>()({
  words: ['doctor'],
  input: z.strictObject({}),
  run: async (_input, { open, out }) => {
    const { probes, clock } = await open();
    const report = await probeHealth(probes, clock);
    out.result(report, () => table(report.probes.map((probe) => [mark(probe.state), probe.name, probe.detail])));
    return report.state === 'failed' ? exitCodes.mismatch : exitCodes.done;
  },
});

function mark(state: string): string {
  if (state === 'ok') return '✔';
  return state === 'degraded' ? '⚠' : '✖';
}
