/** `kura plugins run ID FILE`: what a plugin says of one file, whether or not it is allowed; nothing is kept of it. */
import { basename } from 'node:path';

import { z } from 'zod';

import { createPluginScanner } from '#adapters/plugin-scanner';
import { createScanner } from '#engines/modelscan';
import { defineCommand, exitCodes, table } from '#platform/cli';
import { createScriptSandbox } from '#platform/isolation';

import type { AppContext } from '../context.ts';

export const pluginRunCommand = defineCommand<AppContext>()({
  words: ['plugins', 'run'],
  arguments: [
    { name: 'id', required: true },
    { name: 'file', required: true },
  ],
  input: z.strictObject({ id: z.string().min(1), file: z.string().min(1) }),
  async run({ id, file }, { open, out, signal, translator: { text } }) {
    const { plugins } = await open();
    const files = await plugins.read(id);
    await using sandbox = createScriptSandbox();
    await using own = createScanner({ size: 1 });
    const { format, verdict, findings } = await own.scan(file, { signal });
    const scanner = createPluginScanner(files, { sandbox, noteRun: async () => undefined });
    const scan = await scanner.scan(file, signal, { name: basename(file), format, verdict, findings });
    const { result, reason } = scan;
    const why = reason === null ? null : { code: reason.code, message: text(reason.code, reason.params) };
    out.result({ plugin: id, file, result, findings: scan.findings, reason: why }, () =>
      [
        text(`cli.plugins.run.${result}`, { id, file, reason: why?.message ?? '' }),
        ...(scan.findings.length === 0
          ? []
          : [table(scan.findings.map(({ rule, severity, message }) => [severity, rule, message]))]),
      ].join('\n'),
    );
    if (result === 'dangerous') return exitCodes.refused;
    return result === 'not-scanned' ? exitCodes.failed : undefined;
  },
});
