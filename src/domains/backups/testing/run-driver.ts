/** A process of its own that backs up and can be killed: `node run-driver.ts DATABASE-URL HOME JOB`. */
import { testActor } from '#platform/unit-of-work/testing';

import { never, openBackups } from './open-backups.ts';

const [url = '', home = '', job = ''] = process.argv.slice(2);
await using open = await openBackups({ url, home });
await open.backups.run(testActor, {
  job,
  signal: never,
  onProgress: (_copy, { newBytes }) => process.stdout.write(`${newBytes}\n`),
});
