/**
 * Settings that change while Kura runs (P-003): checked as configuration is, audited, kept in the database, and heard of
 * by other processes through the outbox. Flags and variables win over them, so a fixed one is refused, not ignored.
 */
import { type Clock, nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { type Explained, type LoadedConfig, nearestName, options, parseSetting } from '#platform/config';
import type { Database } from '#platform/db';
import { onEvent, type Subscriber } from '#platform/events';
import type { Actor, UnitOfWork, WriteTransaction } from '#platform/unit-of-work';

import { deleteSetting, readSettings, settingChanged, writeSetting } from './settings-store.ts';

export interface Settings {
  /** The configuration as it is in force now. */
  loaded(): LoadedConfig;
  /** @throws KuraError `config.key-unknown`, `config.not-changeable`, `config.value-invalid`, `config.pinned` */
  change(actor: Actor, key: string, value: unknown): Promise<Explained>;
  /** Back to what file or default say. @throws KuraError as `change` */
  reset(actor: Actor, key: string): Promise<Explained>;
  /** Values that were set here, by key: what can be taken along. */
  stored(): Readonly<Record<string, unknown>>;
  /** All or nothing: when one cannot be taken, or for a dry run, nothing changes. */
  takeOver(actor: Actor, values: Readonly<Record<string, unknown>>, dryRun: boolean): Promise<Takeover>;
  /** Called whenever a value in force has changed, here or in another process. */
  onChange(listener: (loaded: LoadedConfig) => void): void;
  /** Makes this process hear of changes made by others. */
  readonly subscriber: Subscriber;
}

export interface TakenSetting {
  readonly key: string;
  readonly outcome: 'changed' | 'unchanged' | 'refused';
  readonly before: unknown;
  readonly after: unknown;
  /** Why it cannot be taken; null when it can. */
  readonly error: KuraError | null;
}

export interface Takeover {
  readonly applied: boolean;
  readonly rows: readonly TakenSetting[];
}

export interface SettingsDeps {
  readonly database: Database;
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  /** Layers the given runtime values into the configuration. */
  readonly load: (settings: Readonly<Record<string, unknown>>) => LoadedConfig;
  /** Tells this process's subscriber from those of others. */
  readonly processName: string;
}

export async function openSettings(deps: SettingsDeps): Promise<Settings> {
  const { database, unitOfWork, clock } = deps;
  const listeners = new Set<(loaded: LoadedConfig) => void>();
  let loaded = deps.load(await readSettings(database));

  async function refresh(): Promise<void> {
    loaded = deps.load(await readSettings(database));
    for (const listener of listeners) listener(loaded);
  }

  async function store(tx: WriteTransaction, actor: Actor, { key, before, after }: Stored): Promise<void> {
    const changed = { changed_at: nowInstant(clock), changed_by: actor.name };
    await writeSetting(tx, { key, value: JSON.stringify(after), ...changed });
    await tx.audit({ ...auditOf(key), action: 'settings.change', before: { value: before }, after: { value: after } });
    tx.publish(settingChanged, { key });
  }

  return {
    loaded: () => loaded,
    onChange: (listener) => void listeners.add(listener),
    async change(actor, key, value) {
      const before = changeable(loaded, key).value;
      const after = parseSetting(key, value);
      await unitOfWork.write(actor, (tx) => store(tx, actor, { key, before, after }));
      await refresh();
      return changeable(loaded, key);
    },
    async reset(actor, key) {
      const before = changeable(loaded, key);
      // What was never set here may still be wanted back to its default; what cannot change says so.
      parseSetting(key, before.value);
      if (before.origin !== 'settings') return before;
      await unitOfWork.write(actor, async (tx) => {
        await deleteSetting(tx, key);
        await tx.audit({ ...auditOf(key), action: 'settings.reset', before: { value: before.value } });
        tx.publish(settingChanged, { key });
      });
      await refresh();
      return changeable(loaded, key);
    },
    stored() {
      const set = loaded.all.filter(({ origin, option }) => origin === 'settings' && option.meta.secret !== true);
      return Object.fromEntries(set.map(({ key, value }) => [key, value]));
    },
    async takeOver(actor, values, dryRun) {
      const rows = Object.entries(values).map(([key, value]) => judge(loaded, key, value));
      const changed = rows.filter(({ outcome }) => outcome === 'changed');
      if (dryRun || rows.some(({ outcome }) => outcome === 'refused')) return { applied: false, rows };
      // Values that fit one by one may not fit together; then loading says so before anything is written.
      deps.load({
        ...(await readSettings(database)),
        ...Object.fromEntries(changed.map(({ key, after }) => [key, after])),
      });
      await unitOfWork.write(actor, async (tx) => {
        for (const row of changed) await store(tx, actor, row);
      });
      await refresh();
      return { applied: true, rows };
    },
    subscriber: { name: `settings.${deps.processName}`, from: 'now', reactions: [onEvent(settingChanged, refresh)] },
  };
}

type Stored = Pick<TakenSetting, 'key' | 'before' | 'after'>;

function auditOf(key: string) {
  return { subject: { kind: 'setting', id: key }, category: 'configuration', result: 'done' } as const;
}

function judge(loaded: LoadedConfig, key: string, value: unknown): TakenSetting {
  try {
    const before = changeable(loaded, key).value;
    const after = parseSetting(key, value);
    const outcome = JSON.stringify(before) === JSON.stringify(after) ? 'unchanged' : 'changed';
    return { key, outcome, before, after, error: null };
  } catch (error) {
    if (!(error instanceof KuraError)) throw error;
    return { key, outcome: 'refused', before: loaded.explain(key)?.value ?? null, after: value, error };
  }
}

function changeable(loaded: LoadedConfig, key: string): Explained {
  const explained = loaded.explain(key);
  if (explained === undefined) throw unknownSetting(key);
  if (explained.origin === 'command line' || explained.origin === 'environment') {
    throw new KuraError('conflict', 'config.pinned', { params: { key, source: explained.source } });
  }
  return explained;
}

/** The error for a setting that does not exist, naming the one that was probably meant. */
export function unknownSetting(key: string): KuraError {
  const near = nearestName(
    key,
    options.map((entry) => entry.key),
  );
  return new KuraError('not-found', 'config.key-unknown', {
    params: { key, hint: near === undefined ? '' : ` → ${near}?` },
  });
}
