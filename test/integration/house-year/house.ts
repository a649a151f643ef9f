/** What is protected in the house, where its copies lie, and when they are made. */
import { dayAfter, isLastOfMonth, isWorkday, weekdayOf } from './calendar.ts';

interface ReportedCopy {
  readonly name: string;
  readonly media: 'disk' | 'nas' | 'cloud' | 'optical' | 'tape' | 'object-storage';
  readonly site: string;
  /** Nobody can delete it for the whole year: as good as being offline. */
  readonly locked?: true;
  /** Rotates in the set of tapes. */
  readonly rotates?: true;
}

export interface ReportedJob {
  readonly key: string;
  readonly site: string;
  readonly tool: 'veeam' | 'wsb' | 'robocopy' | 'other';
  readonly everyHours: number;
  /** Of backups that are due nine of ten must come, else nineteen of twenty. */
  readonly criticality?: 'low';
  /** Pattern, and the zone it is meant in; without one by interval. */
  readonly expected?: { readonly cron: string; readonly zone: string; readonly holidays?: true };
  readonly copies: readonly ReportedCopy[];
  /** Whether it runs on this day of the house. */
  readonly runsOn: (day: string) => boolean;
  /** Local time at which it begins, in which zone, and at which visit its report comes. */
  readonly begins: { readonly time: string; readonly zone: string };
  /** Where the night comes earlier, it is already the next day's. */
  readonly isNextNight?: true;
  readonly handedIn: '05:00' | '12:00' | '23:30';
}

const berlin = 'Europe/Berlin';
const locked = { media: 'cloud', name: 'cloud', site: 'osaka', locked: true } as const;

export const reportedJobs: readonly ReportedJob[] = [
  {
    key: 'files',
    site: 'main',
    tool: 'veeam',
    everyHours: 24,
    expected: { cron: '0 1 * * *', zone: berlin },
    copies: [{ name: 'nas', media: 'nas', site: 'main' }, { name: 'disk', media: 'disk', site: 'main' }, locked],
    runsOn: () => true,
    begins: { time: '01:00', zone: berlin },
    handedIn: '05:00',
  },
  {
    key: 'tokyo',
    site: 'tokyo',
    tool: 'robocopy',
    everyHours: 24,
    expected: { cron: '0 2 * * *', zone: 'Asia/Tokyo' },
    copies: [{ name: 'nas', media: 'nas', site: 'tokyo' }, { name: 'disc', media: 'optical', site: 'tokyo' }, locked],
    runsOn: () => true,
    begins: { time: '02:00', zone: 'Asia/Tokyo' },
    isNextNight: true,
    handedIn: '23:30',
  },
  {
    key: 'erp',
    site: 'main',
    tool: 'other',
    // The longest pause is Easter: from Thursday to Tuesday.
    everyHours: 96,
    criticality: 'low',
    expected: { cron: '0 22 * * 1-5', zone: berlin, holidays: true },
    copies: [
      { name: 'nas', media: 'nas', site: 'main' },
      { name: 'disk', media: 'disk', site: 'main' },
      { name: 'bucket', media: 'object-storage', site: 'paris', locked: true },
    ],
    runsOn: isWorkday,
    begins: { time: '22:00', zone: berlin },
    handedIn: '23:30',
  },
  {
    key: 'archive',
    site: 'main',
    tool: 'other',
    everyHours: 744,
    expected: { cron: '0 4 L * *', zone: berlin },
    copies: [{ name: 'disk', media: 'disk', site: 'main' }, { name: 'disc', media: 'optical', site: 'main' }, locked],
    // The first time is the last night before the year.
    runsOn: isLastOfMonth,
    begins: { time: '04:00', zone: berlin },
    handedIn: '05:00',
  },
  {
    key: 'tapes',
    site: 'main',
    tool: 'other',
    everyHours: 96,
    expected: { cron: '0 20 * * 1-5', zone: berlin, holidays: true },
    copies: [
      { name: 'nas', media: 'nas', site: 'main' },
      { name: 'cloud', media: 'cloud', site: 'osaka' },
      { name: 'tape', media: 'tape', site: 'main', rotates: true },
    ],
    runsOn: isWorkday,
    begins: { time: '20:00', zone: berlin },
    handedIn: '23:30',
  },
  {
    key: 'weekly',
    site: 'main',
    tool: 'wsb',
    everyHours: 168,
    expected: { cron: '0 5 * * 6', zone: berlin },
    copies: [{ name: 'nas', media: 'nas', site: 'main' }, { name: 'disk', media: 'disk', site: 'annex' }, locked],
    runsOn: (day) => weekdayOf(day) === 6,
    begins: { time: '05:00', zone: berlin },
    handedIn: '12:00',
  },
  {
    key: 'mail',
    site: 'main',
    tool: 'veeam',
    everyHours: 24,
    expected: { cron: '0 3 * * *', zone: berlin },
    copies: [{ name: 'nas', media: 'nas', site: 'main' }, { name: 'disk', media: 'disk', site: 'main' }, locked],
    runsOn: () => true,
    begins: { time: '03:00', zone: berlin },
    handedIn: '05:00',
  },
];

/** Kura's own job: a folder into three vaults, Sundays at half past two. */
export const ownJob = { key: 'photos', cron: '30 2 * * 0', time: '02:30', copies: ['disk', 'nas', 'cloud'] } as const;

/** Label of each position of the set of tapes. */
export function tapeLabel(position: string): string {
  return `T-${position.toUpperCase()}`;
}

/**
 * Which tape belongs into the drive from this day on; undefined when none is changed. Written without the engine that the
 * product has for it.
 */
export function tapeDueOn(day: string): string | undefined {
  if (!isWorkday(day)) return undefined;
  const friday = dayAfter(day, 5 - weekdayOf(day));
  // The weekly tape goes in on Friday, or on the last working day before when Friday is free.
  let weekly = friday;
  while (!isWorkday(weekly)) weekly = dayAfter(weekly, -1);
  if (day !== weekly) return `son-${weekdayOf(day)}`;
  const month = Number(day.slice(5, 7));
  const isLastFriday = dayAfter(friday, 7).slice(5, 7) !== day.slice(5, 7);
  return isLastFriday ? `grandfather-${month}` : `father-${Math.ceil(Number(friday.slice(8)) / 7)}`;
}

export const tapePositions: readonly string[] = [
  ...[1, 2, 3, 4].map((n) => `son-${n}`),
  ...[1, 2, 3, 4].map((n) => `father-${n}`),
  ...Array.from({ length: 12 }, (_, n) => `grandfather-${n + 1}`),
];
