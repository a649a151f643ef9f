/** `kura db`: is the database sound? */
import { z } from 'zod';

import { type Command, defineCommand, table } from '#platform/cli';

import type { AppContext } from '../context.ts';
import { databaseProbes } from '../database-probes.ts';
import { migrations } from '../migrations.ts';

/** Exit code when something does not hold (blueprint §4.2). */
const DOES_NOT_HOLD = 5;

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
      return findings.length === 0 ? 0 : DOES_NOT_HOLD;
    },
  }),
];
