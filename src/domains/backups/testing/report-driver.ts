/** A process of its own that hands in reports and can be killed: `node report-driver.ts DATABASE-URL HOME JOB`. */
import { testActor } from '#platform/unit-of-work/testing';

import { openBackups } from './open-backups.ts';

const [url = '', home = '', job = ''] = process.argv.slice(2);
await using open = await openBackups({ url, home });
const { reports } = open.backups;

async function reportMany(lane: number): Promise<void> {
  for (let number = 0; ; number += 1) {
    const run = `${lane}-${number}`;
    const at = '2026-11-01T00:00:00Z';
    const report = { job, run, tool: 'other', result: 'success', startedAt: at, endedAt: at } as const;
    await reports.report({ actor: testActor, boundTo: [] }, report);
    process.stdout.write(`${run}\n`);
  }
}

await Promise.all(Array.from({ length: 16 }, (_, lane) => reportMany(lane)));
