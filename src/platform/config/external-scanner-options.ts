/** Setting `scan.external`: programs that scan files beside Kura. A list in kura.yaml, the same as JSON in a variable. */
import { z } from 'zod';

import { fromJson } from './from-json.ts';
import { count, option } from './option.ts';

const absolute = z.string().startsWith('/', 'must be a whole path, such as /usr/bin/clamscan');

const externalScanner = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/, 'must be small letters, digits and hyphens'),
  command: absolute,
  /** `{file}` is where the program finds the file. */
  args: z
    .array(z.string())
    .default(['{file}'])
    .refine((args) => args.some((arg) => arg.includes('{file}')), 'must name {file}'),
  /** Formats in the words of `kura scan`; default: all files. */
  formats: z.array(z.string().min(1)).min(1).optional(),
  /** What it reads besides the file and the programs of the system: signatures, its own folder. */
  reads: z.array(absolute).default([]),
  timeoutSeconds: count(1, 3600).default(30),
  memoryMiB: count(16, 65_536).default(128),
  output: z.enum(['exit-code', 'json-lines']).default('exit-code'),
  /** What its exit codes mean; any other is no verdict. */
  exitCodes: z
    .record(z.string().regex(/^\d{1,3}$/), z.enum(['clean', 'suspicious', 'dangerous']))
    .default({ 0: 'clean', 1: 'dangerous' }),
});
export type ExternalScannerSettings = z.output<typeof externalScanner>;

const externalScanners = z
  .preprocess(fromJson, z.array(externalScanner).max(16))
  .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, 'must give each scanner a name of its own')
  .default([]);

// Not changeable while running: whoever may change settings over the network may not choose programs to run.
export const externalScannersOption = option(externalScanners, {
  en: 'Programs that scan files beside Kura, isolated: name, command, args with {file}, formats, reads, timeoutSeconds, memoryMiB, output (exit-code or json-lines), exitCodes. They can make a verdict worse, never milder.',
  ja: 'Kura と並んでファイルを検査する外部プログラム (隔離して実行)。name、command、{file} を含む args、formats、reads、timeoutSeconds、memoryMiB、output (exit-code または json-lines)、exitCodes を指定します。判定を厳しくすることはあっても、緩めることはありません。',
});
