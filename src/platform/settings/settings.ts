/**
 * Settings that change while Kura runs (P-003): checked as configuration is, audited, kept in the database, and heard of
 * by other processes through the outbox. Flags and variables win over them, so a fixed one is refused, not ignored.
 */
import { type Clock, nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { type Explained, type LoadedConfig, nearestName, options, parseSetting } from '#platform/config';
import type { Database } from '#platform/db';
import { onEvent, type Subscriber } from '#platform/events';
import type { Actor, UnitOfWork } from '#platform/unit-of-work';

import { readSettings, settingChanged, writeSetting } from './settings-store.ts';

export interface Settings {
  /** The configuration as it is in force now. */
  loaded(): LoadedConfig;
  /** @throws KuraError `config.key-unknown`, `config.not-changeable`, `config.value-invalid`, `config.pinned` */
  change(actor: Actor, key: string, value: unknown): Promise<Explained>;
  /** Called whenever a value in force has changed, here or in another process. */
  onChange(listener: (loaded: LoadedConfig) => void): void;
  /** Makes this process hear of changes made by others. */
  readonly subscriber: Subscriber;
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

  return {
    loaded: () => loaded,
    onChange: (listener) => void listeners.add(listener),
    async change(actor, key, value) {
      const before = changeable(loaded, key);
      const parsed = parseSetting(key, value);
      await unitOfWork.write(actor, async (tx) => {
        await writeSetting(tx, {
          key,
          value: JSON.stringify(parsed),
          changed_at: nowInstant(clock),
          changed_by: actor.name,
        });
        await tx.audit({
          action: 'settings.change',
          subject: { kind: 'setting', id: key },
          category: 'configuration',
          result: 'done',
          before: { value: before.value },
          after: { value: parsed },
        });
        tx.publish(settingChanged, { key });
      });
      await refresh();
      return changeable(loaded, key);
    },
    subscriber: { name: `settings.${deps.processName}`, from: 'now', reactions: [onEvent(settingChanged, refresh)] },
  };
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
