/** `kura doctor`: every probe, what it found, and whether that is good. */
import { z } from 'zod';

import { type Command, defineCommand, exitCodes, table } from '#platform/cli';
import { probeHealth } from '#platform/health';
import { presentIsolation } from '#platform/isolation';
import type { IsolationView } from '#platform/isolation/contract';

import type { AppContext } from '../context.ts';

export const doctorCommand: Command<AppContext> = defineCommand<AppContext>()({
  words: ['doctor'],
  input: z.strictObject({}),
  run: async (_input, { open, out, translator, signal }) => {
    const { probes, clock, isolation } = await open();
    const report = await probeHealth(probes, clock);
    const isolated = presentIsolation(await isolation.state(signal), translator);
    out.result({ ...report, isolation: isolated }, () => {
      const rows = report.probes.map((probe) => [mark(probe.state), probe.name, probe.detail]);
      return `${table(rows)}\n\n${isolationText(isolated)}`;
    });
    return report.state === 'failed' ? exitCodes.mismatch : exitCodes.done;
  },
});

/** Which isolation is active, and what it does not keep out. */
function isolationText({ summary, reason, isolated, open }: IsolationView): string {
  return [
    summary,
    ...(reason === null ? [] : [`${reason.message} ${reason.advice}`]),
    ...isolated.map(({ text }) => `  ✔ ${text}`),
    ...open.map(({ text }) => `  – ${text}`),
  ].join('\n');
}

function mark(state: string): string {
  if (state === 'ok') return '✔';
  return state === 'degraded' ? '⚠' : '✖';
}
