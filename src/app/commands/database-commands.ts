/** `kura db`: is the database sound? */
import { z } from 'zod';

import { type Command, defineCommand, exitCodes, table } from '#platform/cli';

import type { AppContext } from '../context.ts';
import { databaseProbes } from '../database-probes.ts';
import { migrations } from '../migrations.ts';

export const databaseCommands: readonly Command<AppContext>[] = [
  defineCommand<AppContext>()({
    words: ['db', 'check'],
    input: z.strictObject({}),
    run: async (_input, { open, out, translator }) => {
      const context = await open();
      const findings = await context.database.check({ migrations, probes: databaseProbes(context) });
      out.result({ database: context.database.dialect, findings }, () =>
        findings.length === 0
          ? translator.text('app.db-sound', { database: context.database.dialect })
          : table(findings.map((finding) => [finding.code, translator.text(finding.code, finding.params)])),
      );
      return findings.length === 0 ? exitCodes.done : exitCodes.mismatch;
    },
  }),
];
