/** The register at the size of spec/backups.md B-043, as rows: three years of runs are not made one by one. */
import { type Kysely, sql } from 'kysely';

import { newCopySchema, newJobSchema } from '#backups/contract';
import { DAY } from '#kernel/units';
import { testActor } from '#platform/unit-of-work/testing';

import type { OpenBackups } from '../../src/domains/backups/testing/open-backups.ts';

const runsPerCopy = 274;
const dayCount = 1096;
const copies = [
  { site: 'main', media: 'disk', name: 'disk' },
  { site: 'main', media: 'nas', name: 'nas' },
  { site: 'osaka', media: 'cloud', name: 'cloud' },
  { site: 'main', media: 'tape', name: 'tape', offline: true },
] as const;

export async function fillEstate({ backups, database }: OpenBackups, jobs: number): Promise<void> {
  const begun = performance.now();
  const rows = Array.from({ length: jobs }, (_, n) =>
    newJobSchema.parse({
      key: `job-${n}`,
      title: `Job ${n}`,
      source: `/srv/data/${n}`,
      target: `server-${n % 50}`,
      criticality: n % 10 === 0 ? 'critical' : 'normal',
      dataClass: n % 3 === 0 ? 'internal' : null,
      tags: [`team-${n % 20}`],
    }),
  );
  await backups.register.import(testActor, { format: 'json', text: JSON.stringify(rows), dryRun: false });
  for (const { name, ...copy } of copies) {
    const facts = { ...copy, name, engine: 'reported', tool: 'veeam', repository: `job-0/${name}`, encrypted: true };
    await backups.addCopy(testActor, 'job-0', newCopySchema.parse(facts));
  }
  await database.transaction(async (tx) => {
    const db = tx.tables<Record<string, never>>() as unknown as Kysely<unknown>;
    await insertCopies(db);
    await insertHistory(db);
    // A server that runs does this by itself within a minute (autovacuum); this one has just been filled.
    if (database.dialect === 'postgres') await sql`analyze`.execute(db);
  });
  console.log(`filled in ${((performance.now() - begun) / 1000).toFixed(1)} s`);
}

/** As the first job's, under other names. */
async function insertCopies(db: Kysely<unknown>): Promise<void> {
  await sql`insert into backup_copies (id, job_key, name, repository, vault_id, encrypted, role, site, media, rotation_days,
      passphrase_file, medium_state, medium_state_at, created_at, engine, tool, engine_settings, provider, enabled, locked_until)
    select '00000000-0000-7000-8000-' || cast(100000000000 + row_number() over (order by job.key, model.name) as text), job.key, model.name, job.key || '/' || model.name, '', 1, model.role,
      model.site, model.media, model.rotation_days, null, case when model.rotation_days is null then 'connected' else 'stored' end,
      model.medium_state_at, model.created_at, model.engine, model.tool, model.engine_settings, null, 1, null
    from backup_jobs job cross join backup_copies model where model.job_key = 'job-0' and job.key <> 'job-0'`.execute(
    db,
  );
}

/** One run of a copy every four days, a day's verdict of every job. */
async function insertHistory(db: Kysely<unknown>): Promise<void> {
  const now = Date.now();
  const batch = 20;
  for (let from = 0; from < runsPerCopy; from += batch) {
    const values = Array.from({ length: Math.min(batch, runsPerCopy - from) }, (_, offset) => {
      const n = from + offset;
      const at = new Date(now - (runsPerCopy - n) * 4 * DAY + 4 * DAY - 3_600_000).toISOString();
      const end = new Date(Date.parse(at) + 600_000).toISOString();
      return sql`(${`00000000-0000-7${100 + n}`}, ${at}, ${end}, ${n % 50 === 7 ? 'failed' : 'success'})`;
    });
    await sql`insert into backup_runs (id, copy_id, runner, result, started_at, ended_at, files, bytes, new_bytes, problems)
      select run.column1 || substr(copy.id, 19), copy.id, 'report:bench', run.column4, run.column2, run.column3, 1000, 5000000000, 1000000, 0
      from backup_copies copy cross join (values ${sql.join(values)}) as run`.execute(db);
  }
  const days = Array.from({ length: dayCount }, (_, n) => new Date(now - (n + 1) * DAY).toISOString().slice(0, 10));
  for (let from = 0; from < days.length; from += batch) {
    const values = days.slice(from, from + batch).map((day, n) => sql`(${day}, ${sql.lit((from + n) % 9)})`);
    await sql`insert into backup_verdict_days (job_key, day, status, digits)
      select job.key, day.column1, case when day.column2 = 0 then 'non_compliant' else 'compliant' end,
        case when day.column2 = 0 then 'pppfp' else 'ppppp' end
      from backup_jobs job cross join (values ${sql.join(values)}) as day`.execute(db);
  }
}
