/** Which plugins there are, which of them somebody allowed, and which have failed too often. */
import { type Clock, nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { Database } from '#platform/db';
import type { Actor, UnitOfWork } from '#platform/unit-of-work';

import type { PluginKind, PluginState } from '../contract/index.ts';
import { findPluginRows, type PluginRow, savePluginRow } from '../store/plugin-store.ts';
import { type FoundPlugin, type PluginFiles, readPluginFolder } from './plugin-folder.ts';

const systemActor: Actor = { kind: 'system', id: 'plugins', name: 'plugins' };

/** Failed runs in a row after which it is not asked any more. */
export const failuresUntilOff = 5;

export interface Plugin {
  readonly id: string;
  readonly state: PluginState;
  /** Undefined where it cannot be read. */
  readonly files: PluginFiles | undefined;
  /** Why it cannot be read, or what its last run failed of. */
  readonly fault: string | null;
  readonly row: PluginRow | undefined;
}

export interface Plugins {
  readonly folder: string;
  list(): Promise<readonly Plugin[]>;
  /** What lies there, allowed or not. @throws KuraError not-found; invalid when it cannot be read */
  read(id: string): Promise<PluginFiles>;
  /** Those of a kind that somebody allowed, also those that cannot be asked now: who relies on them must hear of it. */
  allowed(kind: PluginKind): Promise<readonly Plugin[]>;
  /** @throws KuraError not-found; invalid when it cannot be read; conflict when `digest` is not that of what lies there */
  enable(id: string, digest: string, actor: Actor): Promise<Plugin>;
  /** @throws KuraError not-found */
  disable(id: string, actor: Actor): Promise<Plugin>;
  /** How a run went; `fault` absent: well. */
  noteRun(files: PluginFiles, fault: string | undefined): Promise<void>;
}

export interface PluginsDeps {
  readonly folder: string;
  readonly database: Database;
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
}

export function createPlugins(deps: PluginsDeps): Plugins {
  const { folder, database } = deps;

  async function list(): Promise<readonly Plugin[]> {
    const found = await readPluginFolder(folder);
    const rows = await findPluginRows(database);
    const present = new Set(found.map(({ id }) => id));
    const gone = [...rows.values()].filter(({ id, state }) => state !== 'off' && !present.has(id));
    return [
      ...found.map((one) => pluginOf(one, rows.get(one.id))),
      ...gone.map((row) => ({ id: row.id, state: 'missing' as const, files: undefined, fault: null, row })),
    ];
  }
  async function find(id: string): Promise<Plugin> {
    const plugin = (await list()).find((one) => one.id === id);
    if (plugin === undefined) throw new KuraError('not-found', 'plugins.not-found', { params: { id, folder } });
    return plugin;
  }
  async function read(id: string): Promise<PluginFiles> {
    const { files, fault, state } = await find(id);
    if (files === undefined)
      throw new KuraError('invalid', 'plugins.unreadable', { params: { id, fault: fault ?? state } });
    return files;
  }
  return {
    folder,
    list,
    read,
    async allowed(kind) {
      // Asked for each file that is scanned: where nobody has allowed any, no folder is read.
      const rows = await findPluginRows(database);
      if (![...rows.values()].some(({ state }) => state !== 'off')) return [];
      const wanted = (await list()).filter(isAllowed);
      return wanted.filter(({ files }) => files === undefined || files.manifest.kind === kind);
    },
    async enable(id, digest, actor) {
      const files = await read(id);
      if (files.digest !== digest) throw new KuraError('conflict', 'plugins.other-bytes', { params: { id } });
      await decide(deps, { id, digest, state: 'on' }, actor);
      return find(id);
    },
    async disable(id, actor) {
      const { row, files } = await find(id);
      await decide(deps, { id, digest: row?.digest ?? files?.digest ?? '', state: 'off' }, actor);
      // One whose folder is gone is now nowhere.
      const off: Plugin = { id, state: 'off', files, fault: null, row: undefined };
      return (await list()).find((one) => one.id === id) ?? off;
    },
    noteRun: async (files, fault) => noteRun(deps, files, fault),
  };
}

/** Somebody wants it asked, whether or not it can be. */
export function isAllowed({ row }: Plugin): boolean {
  return row !== undefined && row.state !== 'off';
}

async function decide(
  { unitOfWork, clock }: PluginsDeps,
  { id, digest, state }: { readonly id: string; readonly digest: string; readonly state: 'on' | 'off' },
  actor: Actor,
): Promise<void> {
  await unitOfWork.write(actor, async (tx) => {
    const before = (await findPluginRows(tx)).get(id);
    const fresh = { failures: 0, fault: null, changed_at: nowInstant(clock), changed_by: actor.name };
    await savePluginRow(tx, { id, digest, state, ...fresh });
    await tx.audit({
      action: state === 'on' ? 'plugins.enable' : 'plugins.disable',
      subject: { kind: 'plugin', id },
      category: 'configuration',
      level: 'warning',
      result: 'done',
      before: { state: before?.state ?? 'off', digest: before?.digest ?? null },
      after: { state, digest },
    });
  });
}

async function noteRun(
  { database, unitOfWork, clock }: PluginsDeps,
  { id, digest }: PluginFiles,
  fault: string | undefined,
): Promise<void> {
  const known = (await findPluginRows(database)).get(id);
  if (known === undefined || (fault === undefined && known.failures === 0)) return;
  await unitOfWork.write(systemActor, async (tx) => {
    const row = (await findPluginRows(tx)).get(id);
    // Somebody has decided anew while it ran.
    if (row === undefined || row.digest !== digest || row.state !== 'on') return;
    if (fault === undefined) return savePluginRow(tx, { ...row, failures: 0, fault: null });
    const failures = row.failures + 1;
    if (failures < failuresUntilOff) return savePluginRow(tx, { ...row, failures, fault });
    await savePluginRow(tx, { ...row, failures, fault, state: 'tripped', changed_at: nowInstant(clock) });
    await tx.audit({
      action: 'plugins.trip',
      subject: { kind: 'plugin', id },
      category: 'security-scan',
      level: 'warning',
      result: 'done',
      after: { state: 'tripped', failures, fault },
    });
  });
}

function pluginOf(found: FoundPlugin, row: PluginRow | undefined): Plugin {
  if ('fault' in found) return { id: found.id, state: 'broken', files: undefined, fault: found.fault, row };
  const base = { id: found.id, files: found, fault: row?.fault ?? null, row };
  if (row === undefined || row.state === 'off') return { ...base, state: 'off' };
  if (row.digest !== found.digest) return { ...base, state: 'changed' };
  return { ...base, state: row.state };
}
