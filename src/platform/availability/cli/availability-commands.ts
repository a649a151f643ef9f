/** `kura availability`: how long Kura was there, and when it was not. */
import { type Command, defineCommand, table } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import { type AvailabilityView, readAvailability } from '../contract/index.ts';

const define = defineCommand<unknown>();

export const availabilityCommands: readonly Command<unknown>[] = [
  define({
    words: ['availability'],
    remote: true,
    options: [{ flags: '--by <period>' }, { flags: '--from <day>' }, { flags: '--to <day>' }],
    input: readAvailability.query,
    run: async (query, { call, out, translator }) => {
      const answer = await call(readAvailability, { query });
      out.result(answer, () => render(answer, translator));
      return undefined;
    },
  }),
];

function render(view: AvailabilityView, translator: Translator): string {
  const { text } = translator;
  if (view.observedSince === null) return text('cli.availability.none');
  const { total, budget, mttrSeconds, mtbfSeconds, targetPercent } = view;
  return [
    text('cli.availability.total', {
      percent: percentText(total.percent),
      target: targetPercent,
      from: total.from,
      to: total.to,
      incidents: total.incidents,
    }),
    text('cli.availability.budget', {
      used: minutesText(budget.usedSeconds),
      allowed: minutesText(budget.allowedSeconds),
      left: minutesText(budget.leftSeconds),
    }),
    text('cli.availability.means', { mttr: minutesText(mttrSeconds), mtbf: minutesText(mtbfSeconds) }),
    '',
    table([
      (['period', 'percent', 'down', 'stopped', 'unknown', 'incidents'] as const).map((column) =>
        text(`cli.availability.column.${column}`),
      ),
      ...view.periods.map((one) => [
        one.from === one.to ? one.from : `${one.from} – ${one.to}`,
        percentText(one.percent),
        minutesText(one.downSeconds),
        minutesText(one.stoppedSeconds),
        minutesText(one.unknownSeconds),
        String(one.incidents),
      ]),
    ]),
    ...(view.incidents.length === 0 ? [] : ['', incidentTable(view, translator)]),
  ].join('\n');
}

function incidentTable({ incidents }: AvailabilityView, { text, time }: Translator): string {
  return table(
    incidents.map(({ from, until, seconds, kind, probes, detail }) => [
      time(from),
      until === null ? text('cli.availability.lasts') : time(until),
      minutesText(seconds),
      [text(`cli.availability.kind.${kind}`), probes.join(', '), detail ?? ''].filter((part) => part !== '').join(': '),
    ]),
  );
}

function percentText(percent: number | null): string {
  return percent === null ? '–' : `${percent} %`;
}

function minutesText(seconds: number | null): string {
  return seconds === null ? '–' : `${Math.round(seconds / 6) / 10} min`;
}
