/** "Today: take A out, put B in": what the calendars of the sets ask for, held against what is in the drives. */

import { dayNumber, dayOf, type RotationPlan, type Turn, turnOn, turnsBetween } from '#engines/rotation';
import { nowInstant } from '#kernel/clock';
import { dayIn } from '#kernel/day-in';

import type { DueSwap, MediumStage, PlannedSwap } from '../../contract/index.ts';
import type { MediaTables } from '../../store/media/media-tables.ts';
import { findSetMedia, type Medium } from '../../store/media/medium-store.ts';
import { listSets, type MediaSet } from '../../store/media/set-store.ts';
import { findSwap, type Swap, swapsBetween } from '../../store/media/swap-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { requireSet } from './find-registered-medium.ts';

/** Stages from which a medium can go into the drive. */
const usable: ReadonlySet<MediumStage> = new Set(['new', 'available', 'stored']);

export function today({ clock, zone }: Pick<BackupsContext, 'clock' | 'zone'>): string {
  return dayIn(zone(), nowInstant(clock));
}

export function planOf({ scheme, startsOn, freeDays }: MediaSet): RotationPlan {
  return { scheme, startsOn, holidays: freeDays };
}

/** The turn that counts today and the medium it asks for. */
export function turnOf(set: MediaSet, media: readonly Medium[], day: string) {
  const turn = turnOn(planOf(set), day);
  const planned = turn === undefined ? undefined : at(media, set.key, turn.position);
  return { turn, planned };
}

export interface SetSituation {
  readonly set: MediaSet;
  readonly media: readonly Medium[];
  /** What is recorded of the turn that counts. */
  readonly swap: Swap | undefined;
}

/** What has to be done for one set on a day. */
export function dueSwap({ set, media, swap }: SetSituation, day: string): DueSwap {
  const { turn, planned } = turnOf(set, media, day);
  const about = { set: set.key, title: set.title, day: turn?.day ?? null, position: turn?.position ?? null };
  const isDone = planned?.stage === 'loaded' || swap?.state === 'done';
  if (turn === undefined || isDone) {
    return { ...about, state: 'nothing', daysLate: 0, takeOut: [], putIn: planned?.label ?? null, reason: null };
  }
  const inDrive = media.filter(({ stage, set: its }) => stage === 'loaded' && its?.key === set.key);
  const daysLate = dayNumber(day) - dayNumber(turn.day);
  const obstacle = obstacleOf(planned);
  return {
    ...about,
    state: stateOf(obstacle, daysLate),
    daysLate,
    takeOut: inDrive.map(({ label }) => label),
    putIn: planned?.label ?? null,
    reason: obstacle,
  };
}

/** Of all active sets. */
export async function readDueSwaps(context: BackupsContext) {
  const reads = context.database.tables<MediaTables>();
  const day = today(context);
  const sets = (await listSets(reads)).filter(({ active }) => active);
  const media = await findSetMedia(
    reads,
    sets.map(({ key }) => key),
  );
  const items: DueSwap[] = [];
  for (const set of sets) {
    const turn = turnOn(planOf(set), day);
    const swap = turn === undefined ? undefined : await findSwap(reads, set.key, turn.day);
    items.push(dueSwap({ set, media, swap }, day));
  }
  return { today: day, items };
}

export interface CalendarPage {
  /** Default: today. */
  readonly from?: string | undefined;
  readonly days: number;
}

/** @throws KuraError `backups.media-set-not-found`. */
export async function readCalendar(context: BackupsContext, key: string, page: CalendarPage) {
  const reads = context.database.tables<MediaTables>();
  const set = await requireSet(reads, key);
  const day = today(context);
  const from = page.from ?? day;
  const to = dayOf(dayNumber(from) + page.days - 1);
  const media = await findSetMedia(reads, [key]);
  const swaps = new Map((await swapsBetween(reads, key, from, to)).map((swap) => [swap.day, swap]));
  const items = turnsBetween(planOf(set), from, to).map((turn) =>
    planned(turn, at(media, key, turn.position), swaps.get(turn.day), day),
  );
  return { from, to, items };
}

function planned(turn: Turn, medium: Medium | undefined, swap: Swap | undefined, day: string): PlannedSwap {
  const label = swap?.putIn ?? medium?.label ?? null;
  const isOpen = swap === undefined ? turn.day >= day : swap.state === 'due';
  if (isOpen) return { ...turn, label, obstacle: obstacleOf(medium), state: 'planned' };
  return { ...turn, label, obstacle: null, state: swap?.state === 'done' ? 'done' : 'missed' };
}

/** What keeps a medium from going in: its stage, or that there is none. */
function obstacleOf(medium: Medium | undefined): string | null {
  if (medium === undefined) return 'missing';
  return medium.stage === 'loaded' || usable.has(medium.stage) ? null : medium.stage;
}

function stateOf(obstacle: string | null, daysLate: number): DueSwap['state'] {
  if (obstacle !== null) return 'blocked';
  return daysLate > 0 ? 'late' : 'due';
}

function at(media: readonly Medium[], key: string, position: string): Medium | undefined {
  return media.find(({ set }) => set?.key === key && set.position === position);
}
