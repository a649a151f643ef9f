/** Puts a notice into the outbox of everybody whom a rule names, in the transaction of its cause. */
import { type Instant, instant } from '#kernel/brands';
import { SECOND } from '#kernel/units';
import type { WriteTransaction } from '#platform/unit-of-work';

import { listChannels } from '../channels/channel-store.ts';
import { type ChannelSettings, settingsOf } from '../channels/channels.ts';
import type { Rhythm } from '../contract/index.ts';
import type { Notice } from '../notice.ts';
import type { NotifyDeps } from '../notify-deps.ts';
import { whenToTell } from '../rhythm/when-to-tell.ts';
import { fitsRule } from '../routing/match-rule.ts';
import { type Place, resolveTargets } from '../routing/resolve-targets.ts';
import { listGroups, listRules, preferencesOf } from '../routing/rule-store.ts';
import { partsOf } from '../routing/target-parts.ts';
import { gatherJob } from './delivery-jobs.ts';
import { hasDueBetween, insertDelivery, insertNotice } from './delivery-store.ts';

/** What follows within so long goes along in the same message. */
const gatherMs = 3 * SECOND;

type Deps = Pick<NotifyDeps, 'clock' | 'ids' | 'people' | 'mail'>;

/** Told once per target, however often the same notice comes. */
export async function tell(deps: Deps, tx: WriteTransaction, notice: Notice): Promise<void> {
  const now = deps.clock.now();
  const at = instant(new Date(now));
  const rules = (await listRules(tx)).filter((rule) => fitsRule(rule, notice, now));
  if (rules.length === 0 || !(await insertNotice(tx, notice, at))) return;
  const groups = await listGroups(tx);
  const channels = new Map((await listChannels(tx)).map((row) => [row.name, settingsOf(row)]));
  const seen = new Set<string>();
  for (const rule of rules) {
    const places = await resolveTargets(rule.targets, notice.owner, { groups, people: deps.people });
    const wishes = await wishesOf(tx, places, { channels, mail: deps.mail });
    for (const place of places) {
      const wish = wishes.get(place.target);
      const due = wish === undefined || seen.has(place.target) ? undefined : wish(notice, now);
      if (wish === undefined || due === undefined) continue;
      seen.add(place.target);
      await deliver(deps, tx, { notice, place, rule: rule.name, ...due });
    }
  }
}

interface Due {
  readonly at: Instant;
  readonly maxPerHour: number;
}

/** When the place wants to hear of the notice; undefined: never. */
type Wish = (notice: Notice, now: number) => Due | undefined;

interface Ways {
  readonly channels: ReadonlyMap<string, ChannelSettings>;
  readonly mail: Deps['mail'];
}

/** By target; nothing for places that cannot be reached. */
async function wishesOf(
  tx: WriteTransaction,
  places: readonly Place[],
  { channels, mail }: Ways,
): Promise<ReadonlyMap<string, Wish>> {
  const people = places.flatMap(({ person }) => (person === undefined ? [] : [person.id]));
  const preferences = await preferencesOf(tx, people);
  const wishes = new Map<string, Wish>();
  for (const { target, person } of places) {
    const { kind, name } = partsOf(target);
    const channel = kind === 'channel' ? channels.get(name) : undefined;
    const own = person === undefined ? undefined : preferences.get(person.id);
    if (channel?.enabled === true) wishes.set(target, byRhythm(channel));
    if (kind !== 'mail' || mail === undefined || own?.mail === false) continue;
    wishes.set(target, own === undefined ? atOnce : unlessMuted(own.muted, byRhythm(own)));
  }
  return wishes;
}

function byRhythm(rhythm: Rhythm): Wish {
  return ({ severity }, now) => {
    const at = whenToTell(rhythm, severity, now);
    return at === undefined ? undefined : { at, maxPerHour: rhythm.maxPerHour };
  };
}

function unlessMuted(muted: readonly string[], wish: Wish): Wish {
  return (notice, now) => (muted.includes(notice.kind) ? undefined : wish(notice, now));
}

/** A bare address has no wishes of its own. */
const bareAddressPerHour = 10;

function atOnce(_notice: Notice, now: number): Due {
  return { at: instant(new Date(now)), maxPerHour: bareAddressPerHour };
}

export interface NewDelivery extends Due {
  readonly notice: Notice;
  readonly place: Place;
  readonly rule: string;
}

export async function deliver(
  { clock, ids }: Deps,
  tx: WriteTransaction,
  { notice, place: { target, person }, rule, at, maxPerHour }: NewDelivery,
): Promise<void> {
  const now = clock.now();
  const dueMs = Date.parse(at);
  // What waits already takes this one along, in the message that is about to be made.
  const isAwaited = await hasDueBetween(tx, target, [instant(new Date(dueMs - gatherMs)), at]);
  await insertDelivery(tx, {
    id: ids.next(),
    notice_id: notice.id,
    rule,
    target,
    account_id: person?.id ?? null,
    language: person?.language ?? null,
    max_per_hour: maxPerHour,
    state: 'waiting',
    due_at: at,
    batch: null,
    mail_id: null,
    attempts: 0,
    last_error: null,
    last_reason: null,
    ms: null,
    created_at: instant(new Date(now)),
    batched_at: null,
    ended_at: null,
  });
  if (!isAwaited) await enqueueGathering(tx, target, dueMs - now + gatherMs);
}

export async function enqueueGathering(tx: WriteTransaction, target: string, delayMs: number): Promise<void> {
  await tx.enqueue(gatherJob, { target }, { delayMs });
}
