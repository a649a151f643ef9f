/** Chat services and receivers of webhooks that notices leave by. Addresses and secrets are sealed and never shown again. */
import type { z } from 'zod';

import { type Instant, instant } from '#kernel/brands';
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { HOUR } from '#kernel/units';
import type { Actor, WriteTransaction } from '#platform/unit-of-work';

import { type ChannelInput, type ChannelKind, type ChannelView, channelInputSchema } from '../contract/index.ts';
import type { NotifyDeps } from '../notify-deps.ts';
import { findUseOf } from '../routing/find-use.ts';
import { type ChannelRow, deleteChannel, findChannel, insertChannel, updateChannel } from './channel-store.ts';

type Deps = Pick<NotifyDeps, 'database' | 'unitOfWork' | 'clock' | 'random' | 'sealer' | 'channels'>;

const settingsSchema = channelInputSchema.omit({ kind: true, url: true });
export type ChannelSettings = z.output<typeof settingsSchema>;

export function settingsOf(row: ChannelRow): ChannelSettings {
  return settingsSchema.parse(JSON.parse(row.settings));
}

/** The secret of a webhook that is new; null for every other one. @throws KuraError as the route says */
export async function saveChannel(
  deps: Deps,
  actor: Actor,
  { name, input }: { readonly name: string; readonly input: ChannelInput },
): Promise<{ readonly channel: ChannelView; readonly secret: string | null }> {
  const { kind, url, ...settings } = input;
  if (url !== undefined) deps.channels.checkAddress(kind, new URL(url));
  return deps.unitOfWork.write(actor, async (tx) => {
    const known = await findChannel(tx, name);
    if (known !== undefined && known.kind !== kind) {
      throw new KuraError('conflict', 'notify.channel-kind-fixed', { params: { name, kind: known.kind } });
    }
    const address =
      url === undefined ? {} : { address: deps.sealer.seal(addressContext(name), url), host: hostOf(url) };
    const change = { ...address, settings: JSON.stringify(settings) };
    const { row, secret } =
      known === undefined
        ? await addChannel(deps, tx, { name, kind, change })
        : { row: { ...known, ...change }, secret: null };
    if (known !== undefined) await updateChannel(tx, name, change);
    await tx.audit({
      action: 'notify.save-channel',
      category: 'configuration',
      subject: { kind: 'channel', id: name },
      result: 'done',
      after: { kind, ...settings, ...(url === undefined ? {} : { host: hostOf(url) }) },
    });
    return { channel: viewOf(row), secret };
  });
}

interface NewChannel {
  readonly name: string;
  readonly kind: ChannelKind;
  readonly change: { readonly settings: string; readonly address?: string; readonly host?: string };
}

async function addChannel({ clock, random, sealer }: Deps, tx: WriteTransaction, { name, kind, change }: NewChannel) {
  const { address, host, settings } = change;
  if (address === undefined || host === undefined) {
    throw new KuraError('invalid', 'notify.channel-address-missing', { params: { name } });
  }
  const secret = kind === 'webhook' ? newSecret(random) : null;
  const row: ChannelRow = {
    name,
    kind,
    address,
    host,
    settings,
    secret: secret === null ? null : sealer.seal(secretContext(name), secret),
    previous_secret: null,
    previous_until: null,
    last_sent_at: null,
    last_failed_at: null,
    last_reason: null,
    failures: 0,
    created_at: nowInstant(clock),
  };
  await insertChannel(tx, row);
  return { row, secret };
}

/** @throws KuraError not-found `notify.channel-not-found`, conflict `notify.name-in-use` */
export async function removeChannel({ unitOfWork }: Deps, actor: Actor, name: string): Promise<void> {
  await unitOfWork.write(actor, async (tx) => {
    await requireChannel(tx, name);
    const use = await findUseOf(tx, `channel:${name}`);
    if (use !== undefined) throw new KuraError('conflict', 'notify.name-in-use', { params: { name, use } });
    await deleteChannel(tx, name);
    const subject = { kind: 'channel', id: name };
    await tx.audit({ action: 'notify.remove-channel', category: 'configuration', subject, result: 'done' });
  });
}

/** @throws KuraError not-found `notify.channel-not-found`, conflict `notify.channel-unsigned` */
export async function renewSecret(
  { unitOfWork, clock, random, sealer }: Deps,
  actor: Actor,
  { name, overlapHours }: { readonly name: string; readonly overlapHours: number },
): Promise<{ readonly secret: string; readonly previousUntil: Instant }> {
  return unitOfWork.write(actor, async (tx) => {
    const known = await requireChannel(tx, name);
    if (known.secret === null) throw new KuraError('conflict', 'notify.channel-unsigned', { params: { name } });
    const secret = newSecret(random);
    const previousUntil = instant(new Date(clock.now() + overlapHours * HOUR));
    await updateChannel(tx, name, {
      secret: sealer.seal(secretContext(name), secret),
      previous_secret: known.secret,
      previous_until: previousUntil,
    });
    const subject = { kind: 'channel', id: name };
    const after = { previousUntil };
    await tx.audit({
      action: 'notify.renew-channel-secret',
      category: 'configuration',
      subject,
      result: 'done',
      after,
    });
    return { secret, previousUntil };
  });
}

/** Where messages go and what they are signed with, the newest secret first. @throws KuraError as `Secrets.open` */
export async function openChannel(
  { sealer, clock }: Pick<Deps, 'sealer' | 'clock'>,
  row: ChannelRow,
): Promise<{ readonly url: string; readonly secrets: readonly string[] }> {
  const { name, address, secret, previous_secret: previous, previous_until: until } = row;
  const isOver = until === null || Date.parse(until) <= clock.now();
  const sealed = [secret, isOver ? null : previous].filter((one) => one !== null);
  return {
    url: await sealer.open(addressContext(name), address),
    secrets: await Promise.all(sealed.map((one) => sealer.open(secretContext(name), one))),
  };
}

/** @throws KuraError not-found `notify.channel-not-found` */
export async function requireChannel(reader: Parameters<typeof findChannel>[0], name: string): Promise<ChannelRow> {
  const row = await findChannel(reader, name);
  if (row === undefined) throw new KuraError('not-found', 'notify.channel-not-found', { params: { name } });
  return row;
}

export function viewOf(row: ChannelRow): ChannelView {
  return {
    name: row.name,
    kind: row.kind,
    host: row.host,
    ...settingsOf(row),
    health: {
      lastSentAt: row.last_sent_at,
      lastFailedAt: row.last_failed_at,
      lastReason: row.last_reason,
      failures: row.failures,
    },
    previousSecretUntil: row.previous_until,
  };
}

/** As Standard Webhooks write it: 32 random bytes. */
function newSecret(random: Deps['random']): string {
  return `whsec_${Buffer.from(random.bytes(32)).toString('base64')}`;
}

function hostOf(url: string): string {
  return new URL(url).host;
}

function addressContext(name: string): string {
  return `notify_channels/${name}/address`;
}

function secretContext(name: string): string {
  return `notify_channels/${name}/secret`;
}
