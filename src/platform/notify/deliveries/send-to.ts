/**
 * Something that somebody asked for goes to whom they named, in the transaction of its cause: mails with files, channels
 * with a notice. Rules, quiet hours and digests are for what nobody asked for; that somebody wants no mails holds here, too.
 */
import { instant } from '#kernel/brands';
import type { Translator } from '#platform/i18n';
import type { WriteTransaction } from '#platform/unit-of-work';

import { listChannels } from '../channels/channel-store.ts';
import { settingsOf } from '../channels/channels.ts';
import type { Letter } from '../letter.ts';
import type { MailOutbox } from '../mail-outbox.ts';
import type { MailFile } from '../mail-transport.ts';
import type { Notice } from '../notice.ts';
import type { NotifyDeps } from '../notify-deps.ts';
import { type Place, resolveTargets } from '../routing/resolve-targets.ts';
import { listGroups, preferencesOf } from '../routing/rule-store.ts';
import { partsOf } from '../routing/target-parts.ts';
import { insertNotice } from './delivery-store.ts';
import { deliver } from './tell.ts';

export interface Dispatch {
  /** Told once to each channel, however often it is handed over. Its kind names the mails in the log, too. */
  readonly notice: Notice;
  /** As in rules, without `owner`. */
  readonly targets: readonly string[];
  readonly letter: (translator: Translator) => Letter;
  readonly files: readonly MailFile[];
}

export interface DispatchedTo {
  readonly target: string;
  /** `nobody`: there is no address, channel or person of that name; `not-wanted`: they want no mails. */
  readonly state: 'mailed' | 'told' | 'nobody' | 'mail-off' | 'not-wanted';
}

type Deps = Pick<NotifyDeps, 'clock' | 'ids' | 'people' | 'mail'>;

/** How each target fared; of a group the best that became of its members. Nobody gets the same twice. */
export async function sendTo(deps: Deps, tx: WriteTransaction, dispatch: Dispatch): Promise<readonly DispatchedTo[]> {
  const groups = await listGroups(tx);
  const reached = new Map<string, DispatchedTo['state']>();
  const told: DispatchedTo[] = [];
  for (const target of dispatch.targets) {
    const places = await resolveTargets([target], null, { groups, people: deps.people });
    for (const place of places) {
      const known = reached.get(place.target);
      reached.set(place.target, known ?? (await sendOne(deps, tx, { dispatch, place })));
    }
    const states = new Set(places.map((place) => reached.get(place.target)));
    told.push({ target, state: bestFirst.find((state) => states.has(state)) ?? 'nobody' });
  }
  return told;
}

const bestFirst = ['mailed', 'told', 'not-wanted', 'mail-off', 'nobody'] as const;

interface OneOf {
  readonly dispatch: Dispatch;
  readonly place: Place;
}

async function sendOne(deps: Deps, tx: WriteTransaction, one: OneOf): Promise<DispatchedTo['state']> {
  const { kind } = partsOf(one.place.target);
  if (kind === 'channel') return await sendByChannel(deps, tx, one);
  return deps.mail === undefined ? 'mail-off' : await sendByMail(deps.mail, tx, one);
}

async function sendByMail(
  mail: MailOutbox,
  tx: WriteTransaction,
  { dispatch: { notice, letter, files }, place: { target, person } }: OneOf,
): Promise<DispatchedTo['state']> {
  const wishes = person === undefined ? undefined : (await preferencesOf(tx, [person.id])).get(person.id);
  if (wishes?.mail === false || wishes?.muted.includes(notice.kind) === true) return 'not-wanted';
  const { name: to } = partsOf(target);
  await mail.queue(tx, { kind: notice.kind, to, language: person?.language ?? null, letter, files });
  return 'mailed';
}

async function sendByChannel(
  deps: Deps,
  tx: WriteTransaction,
  { dispatch: { notice }, place }: OneOf,
): Promise<DispatchedTo['state']> {
  const { name } = partsOf(place.target);
  const row = (await listChannels(tx)).find((channel) => channel.name === name);
  const settings = row === undefined ? undefined : settingsOf(row);
  if (settings?.enabled !== true) return 'nobody';
  const at = instant(new Date(deps.clock.now()));
  await insertNotice(tx, notice, at);
  await deliver(deps, tx, { notice, place, rule: notice.kind, at, maxPerHour: settings.maxPerHour });
  return 'told';
}
