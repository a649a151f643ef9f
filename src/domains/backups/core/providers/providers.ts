/** Storage providers: the places copies lie in, their logins, and whether they have room. */

import { nowInstant } from '#kernel/clock';
import { dayIn } from '#kernel/day-in';
import { KuraError } from '#kernel/errors';
import { DAY, SECOND } from '#kernel/units';
import type { Actor, WriteTransaction } from '#platform/unit-of-work';

import type { ProviderBody, ProviderLogin } from '../../contract/index.ts';
import type { BackupsTables } from '../../store/backups-tables.ts';
import {
  copiesByProvider,
  deleteProvider,
  findProvider,
  findProviders,
  type StoredProvider,
  saveProvider,
  type UsedDay,
  usedDays,
} from '../../store/provider-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { providerRecovered, providerSpaceOk } from '../backups-events.ts';
import { requireAbsolute } from '../register/require-place.ts';
import { isAddress } from '../vaults/repository-place.ts';
import { checkProvider, noteEndings } from './check-provider.ts';
import { endingsOf, tellEndings } from './endings.ts';
import { requireProvider } from './find-provider.ts';
import { loginContext } from './provider-logins.ts';

export interface KnownProvider {
  readonly provider: StoredProvider;
  /** Copies that lie there. */
  readonly copies: number;
  /** What was used on each of the last 30 days, oldest first. */
  readonly used: readonly UsedDay[];
}

export interface Providers {
  list(): Promise<readonly KnownProvider[]>;
  /** @throws KuraError `backups.provider-not-found`. */
  read(key: string): Promise<KnownProvider>;
  /** Made or replaced. @throws KuraError `backups.path-not-absolute`. */
  put(actor: Actor, key: string, provider: ProviderBody): Promise<KnownProvider>;
  /** @throws KuraError `backups.provider-not-found`, `backups.provider-in-use`. */
  remove(actor: Actor, key: string): Promise<void>;
  /** Tries it out now; a failure is part of the answer. @throws KuraError `backups.provider-out-of-reach`. */
  check(actor: Actor, key: string): Promise<KnownProvider>;
  /** Tries out every active one that can be reached by a program, and looks whose login ends. */
  checkAll(actor: Actor, signal: AbortSignal): Promise<void>;
}

const daysLookedAt = 30;
const patienceMs = 60 * SECOND;

export function createProviders(context: BackupsContext): Providers {
  function reads() {
    return context.database.tables<BackupsTables>();
  }
  async function known(providers: readonly StoredProvider[]): Promise<readonly KnownProvider[]> {
    const since = dayIn(context.zone(), new Date(context.clock.now() - daysLookedAt * DAY).toISOString());
    const copies = await copiesByProvider(reads());
    const used = Map.groupBy(await usedDays(reads(), since), ({ provider }) => provider);
    return providers.map((provider) => ({
      provider,
      copies: copies.get(provider.key) ?? 0,
      used: used.get(provider.key) ?? [],
    }));
  }
  async function read(key: string): Promise<KnownProvider> {
    const provider = await requireProvider(context, key);
    const [one] = await known([provider]);
    return one ?? { provider, copies: 0, used: [] };
  }

  return {
    list: async () => known(await findProviders(reads())),
    read,
    async put(actor, key, body) {
      await putProvider(context, actor, key, body);
      return await read(key);
    },
    async remove(actor, key) {
      const { provider, copies } = await read(key);
      if (copies > 0) {
        throw new KuraError('conflict', 'backups.provider-in-use', { params: { provider: key, copies } });
      }
      await context.unitOfWork.write(actor, async (tx) => {
        await deleteProvider(tx.tables<BackupsTables>(), key);
        tellGone(tx, provider);
        const subject = { kind: 'backup-provider', id: key, name: provider.title };
        await tx.audit({ action: 'backups.remove-provider', subject, result: 'done' });
      });
    },
    async check(actor, key) {
      const provider = await requireProvider(context, key);
      await checkProvider(context, actor, provider, AbortSignal.timeout(patienceMs));
      return await read(key);
    },
    async checkAll(actor, signal) {
      for (const provider of await findProviders(reads())) {
        if (!provider.active) continue;
        if (provider.address === null) {
          await context.unitOfWork.write(actor, (tx) =>
            noteEndings(context, tx, { before: provider, after: provider }),
          );
          continue;
        }
        await checkProvider(context, actor, provider, AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]));
        signal.throwIfAborted();
      }
    },
  };
}

/** What was wrong with it is nobody's matter any more. */
function tellGone(tx: WriteTransaction, provider: StoredProvider): void {
  const about = { provider: provider.key, title: provider.title };
  if (provider.check?.passed === false) tx.publish(providerRecovered, about);
  if (provider.check?.spaceLow === true) tx.publish(providerSpaceOk, about);
  tellEndings(tx, provider, { ...provider, loginEnding: false, certificateEnding: false });
}

async function putProvider(context: BackupsContext, actor: Actor, key: string, body: ProviderBody): Promise<void> {
  const { login, ...facts } = body;
  if (body.address !== null && !isAddress(body.address)) requireAbsolute(body.address);
  const before = await findProvider(context.database.tables<BackupsTables>(), key);
  const now = nowInstant(context.clock);
  // Another place has another certificate, which nobody has seen yet.
  const certificateEndsAt = before?.address === body.address ? (before.certificateEndsAt ?? null) : null;
  const provider = {
    key,
    ...facts,
    certificateEndsAt,
    ...endingsOf({ ...facts, certificateEndsAt }, context.clock.now(), context.zone()),
    login: login === undefined ? (before?.login ?? null) : sealedLogin(context, key, login),
    createdAt: before?.createdAt ?? now,
    updatedAt: now,
  };
  await context.unitOfWork.write(actor, async (tx) => {
    await saveProvider(tx.tables<BackupsTables>(), provider);
    tellEndings(tx, before, provider);
    const after = { ...facts, hasLogin: provider.login !== null, loginChanged: login !== undefined };
    const subject = { kind: 'backup-provider', id: key, name: body.title };
    await tx.audit({ action: 'backups.put-provider', subject, result: 'done', after });
  });
}

function sealedLogin({ secrets }: BackupsContext, key: string, login: ProviderLogin | null): string | null {
  return login === null ? null : secrets.seal(loginContext(key), JSON.stringify(login));
}
