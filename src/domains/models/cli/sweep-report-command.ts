/** `kura models sweep report`: HTML for people, JSON and CSV for programs. */
import { extname } from 'node:path';
import { z } from 'zod';
import { csvLine } from '#kernel/csv';
import { type Command, defineCommand } from '#platform/cli';
import { writeFileAtomic } from '#platform/files';
import type { Translator } from '#platform/i18n';
import * as contract from '../contract/index.ts';
import { sweepReportPage } from '../core/sweeps/report-page.ts';
import type { Models } from '../models.ts';
import { sweepTable } from './sweep-table.ts';

const formats = ['html', 'json', 'csv'] as const;
type Format = (typeof formats)[number];

export const sweepReportCommand: Command<Models> = defineCommand<Models>()({
  words: ['models', 'sweep', 'report'],
  arguments: [{ name: 'name', required: true }],
  options: [{ flags: '--format <format>' }, { flags: '--output <file>' }],
  remote: true,
  input: z.object({
    name: contract.sweepNameSchema,
    format: z.enum(formats).optional(),
    output: z.string().min(1).optional(),
  }),
  async run({ name, format, output }, { call, out, translator }) {
    const report = await call(contract.readSweep, { params: { name } });
    if (output === undefined) {
      out.result(report, () =>
        format === undefined ? sweepTable(report, translator) : textOf(report, format, translator),
      );
      return 0;
    }
    const chosen = format ?? formats.find((one) => `.${one}` === extname(output).toLowerCase()) ?? 'json';
    await writeFileAtomic(output, textOf(report, chosen, translator));
    out.result({ path: output, format: chosen }, () => translator.text('cli.models.sweep.written', { path: output }));
    return 0;
  },
});

function textOf(report: contract.SweepReport, format: Format, translator: Translator): string {
  if (format === 'html') return sweepReportPage(report, translator);
  if (format === 'json') return `${JSON.stringify(report, null, 2)}\n`;
  return csvOf(report);
}

function csvOf({ cells }: contract.SweepReport): string {
  const head = [
    'Cell',
    'Label',
    'Status',
    'Pages',
    'Fetched',
    'Repeated',
    'Models',
    'Versions',
    'New',
    'Duplicates',
    'Reason',
  ];
  const rows = cells.map((cell) => [
    cell.place,
    cell.label,
    cell.status,
    cell.pages,
    cell.fetched,
    cell.repeated,
    cell.models,
    cell.versions,
    cell.firstSeen,
    cell.duplicates,
    cell.reason?.code ?? null,
  ]);
  return [head, ...rows].map((row) => csvLine(row)).join('');
}
