/** What the history of downloads adds up to, per type of model (models.md M-109). */
import { instant } from '#kernel/brands';
import type { Clock } from '#kernel/clock';
import { DAY, SECOND } from '#kernel/units';
import type { Database } from '#platform/db';

import type { DownloadStatistics, DownloadStatus } from '../../contract/index.ts';
import { type DownloadConditions, type DownloadFact, readDownloadFacts } from '../../store/download-history-store.ts';
import { startOf } from '../search/time-window.ts';

/** As the contract has it: days and spans. */
export interface DownloadHistoryFilter {
  readonly status?: readonly DownloadStatus[] | undefined;
  readonly type?: readonly string[] | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly text?: string | undefined;
}

export function conditionsOf({ since, until, ...rest }: DownloadHistoryFilter, clock: Clock): DownloadConditions {
  const now = clock.now();
  return {
    ...rest,
    from: since === undefined ? undefined : instant(new Date(startOf(since, now))),
    before: until === undefined ? undefined : instant(new Date(endOf(until, now))),
  };
}

/** A day is meant to its end, an instant and a span as they are. */
function endOf(until: string, now: number): number {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(until.trim());
  return startOf(until, now) + (isDay ? DAY : 0);
}

export async function downloadStatistics(
  { database, clock }: { readonly database: Database; readonly clock: Clock },
  filter: DownloadHistoryFilter,
): Promise<DownloadStatistics> {
  return addUp(await readDownloadFacts(database, conditionsOf(filter, clock)));
}

export function addUp(facts: readonly DownloadFact[]): DownloadStatistics {
  const groups = Map.groupBy(facts, ({ type }) => type);
  const reasons = Map.groupBy(
    facts.filter(({ status }) => status === 'failed' || status === 'quarantined'),
    ({ reasonCode }) => reasonCode ?? '',
  );
  return {
    total: totalsOf(facts),
    byType: [...groups]
      .map(([type, group]) => ({ type, ...totalsOf(group) }))
      .toSorted((a, b) => b.bytes - a.bytes || a.type.localeCompare(b.type, 'en')),
    reasons: [...reasons]
      .map(([code, group]) => ({ code, count: group.length }))
      .filter(({ code }) => code !== '')
      .toSorted((a, b) => b.count - a.count || a.code.localeCompare(b.code, 'en')),
  };
}

function totalsOf(facts: readonly DownloadFact[]) {
  const placed = facts.filter(({ status }) => status === 'placed');
  return {
    files: facts.length,
    placed: placed.length,
    failed: facts.filter(({ status }) => status === 'failed').length,
    bytes: sum(placed.map(({ sizeBytes }) => sizeBytes ?? 0)),
    networkBytes: sum(facts.map(({ networkBytes }) => networkBytes ?? 0)),
    medianBytesPerSecond: median(facts.flatMap(speedOf)),
  };
}

/** Files too short to say anything about the line are left out. */
function speedOf({ networkBytes, seconds }: DownloadFact): readonly number[] {
  if (networkBytes === null || seconds === null || networkBytes === 0) return [];
  return seconds * SECOND < 1 ? [] : [networkBytes / seconds];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return upper === undefined || lower === undefined ? null : (upper + lower) / 2;
}
