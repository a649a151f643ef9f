/** How the product stands at a moment, in the words of the table of what is expected. */
import { z } from 'zod';

import { digitNames } from '#engines/rule32110';

import { machineToken } from '../over-http/asked.ts';
import { dayAfter, instantOf } from './calendar.ts';
import type { House } from './open-house.ts';

const factSchema = z.tuple([z.string(), z.object({ value: z.number() })]);
const blockSchema = z.object({
  kind: z.string(),
  name: z.string().optional(),
  facts: z.array(z.array(z.unknown())).optional(),
  bars: z.array(z.object({ label: z.string(), text: z.string() })).optional(),
  rows: z.array(z.array(z.unknown())).optional(),
});
const documentSchema = z.object({
  from: z.string(),
  base64: z.string(),
});
const contentSchema = z.object({ sections: z.array(z.object({ blocks: z.array(blockSchema) })) });

/** The monthly report as JSON: of the month before. */
export async function monthlyReport({ site }: House) {
  const body = { kind: 'monthly', format: 'json' };
  const made = await site.ask('POST', '/api/v1/backups/documents', { bearer: machineToken, body });
  const { from, base64 } = documentSchema.parse(made.body);
  const { sections } = contentSchema.parse(JSON.parse(Buffer.from(base64, 'base64').toString()));
  const [summary, , verdicts] = sections.map(({ blocks }) => blocks);
  const facts = (summary?.[0]?.facts ?? []).map((fact) => factSchema.parse(fact)[1].value);
  const [ended, good, warned, failed] = facts;
  const swaps = sections.flatMap(({ blocks }) => blocks).find(({ name }) => name === 'swaps')?.rows ?? [];
  return {
    month: from.slice(0, 7),
    is: {
      runs: { ended, good, warned, failed },
      tests: { passed: facts[8], failed: facts[9] },
      compliantByDay: verdicts
        ?.find(({ bars }) => bars !== undefined)
        ?.bars?.map(({ label, text }) => `${label} ${text}`),
      swaps: swaps.length,
      missedSwaps: swaps.filter((row) => JSON.stringify(row).includes('missed')).length,
    },
  };
}

/** Digits and verdict by job, as they were told. */
export async function digitsOf({ context: { backups } }: House): Promise<Readonly<Record<string, string>>> {
  const told = await backups.toldVerdicts();
  return Object.fromEntries(
    told
      .map(({ job, status, digits }): [string, string] => {
        const letters = digitNames.map((name) => digits[name].charAt(0)).join('');
        return [job, status === 'paused' ? '- paused' : `${letters} ${status}`];
      })
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

interface AlertRows {
  alerts: { type: string; state: string; subject_name: string; first_at: string };
}

function alertsIn({ context }: House) {
  return context.database.tables<AlertRows>().selectFrom('alerts').select(['type', 'subject_name as name']);
}

function named(rows: ReadonlyArray<{ readonly type: string; readonly name: string }>): readonly string[] {
  return rows.map(({ type, name }) => `${type} ${name}`).toSorted();
}

export async function openAlerts(house: House): Promise<readonly string[]> {
  return named(await alertsIn(house).where('state', '<>', 'resolved').execute());
}

/** Begun on a day of the house. */
export async function raisedAlerts(house: House, day: string): Promise<readonly string[]> {
  const [from, until] = [day, dayAfter(day)].map((one) => new Date(instantOf(one, '00:00')).toISOString());
  const rows = alertsIn(house)
    .where('first_at', '>=', from ?? '')
    .where('first_at', '<', until ?? '');
  return named(await rows.execute());
}

export async function openTickets({ context: { backups } }: House): Promise<readonly string[]> {
  const { items } = await backups.proof.tickets.list({ limit: 100 });
  return items
    .filter(({ status }) => status !== 'done')
    .map(({ job, copy, kind }) => `${job} ${copy} ${kind}`)
    .toSorted();
}

/** What is to be put in, of the one set. */
export async function dueTape({ context: { backups } }: House): Promise<string> {
  const [due] = (await backups.media.dueSwaps()).items;
  return due === undefined || due.state === 'nothing' ? 'nothing' : `${due.state} ${due.putIn} ${due.daysLate}`;
}

/** What the page of all jobs shows above its list: jobs by verdict, and how many keep each digit. */
export async function shownFigures({ context: { backups } }: House): Promise<object> {
  const { byStatus, ratePercent, digits } = await backups.estate.summary();
  return { byStatus, ratePercent, digits };
}

/** The curve of the whole year, by day. */
export async function shownTrend({ context: { backups } }: House): Promise<ReadonlyMap<string, object>> {
  const { items } = await backups.estate.trend(366);
  return new Map(items.map(({ day, ...figures }) => [day, figures]));
}

/** How many of the backups that were due in the last thirty days did not come, by job that was late at all. */
export async function missedOfTargets({ context: { backups } }: House): Promise<Readonly<Record<string, number>>> {
  const { jobs } = await backups.estate.serviceLevels({ days: 30 });
  const missed = jobs.filter(({ expected, kept }) => expected > kept);
  return Object.fromEntries(
    missed
      .map(({ job, expected, kept }): [string, number] => [job, expected - kept])
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}
