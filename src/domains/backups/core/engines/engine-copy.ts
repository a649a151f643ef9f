/** A copy that a tool makes, opened: everything that can be asked of it. */
import { KuraError } from '#kernel/errors';

import { type ToolSettings, toolSettingsSchema } from '../../contract/index.ts';
import type { BackupsContext } from '../backups-context.ts';
import type { Copy } from '../register/protected-job.ts';
import { readPassphrase } from '../vaults/read-passphrase.ts';
import type { BackupEngine, EngineCall, EngineName, EnginePlace } from './backup-engine.ts';
import { engineMissing } from './engine-errors.ts';
import { toolHost } from './tool-host.ts';
import { createToolLog, type ToolLog } from './tool-log.ts';
import { toolOf } from './tool-of.ts';

type EngineContext = Pick<BackupsContext, 'allowHost' | 'engines' | 'passphrase' | 'sources'>;

export interface EngineCopy {
  readonly engine: BackupEngine;
  readonly version: string;
  readonly settings: ToolSettings;
  readonly call: EngineCall;
  /** What the tool said so far. */
  readonly log: ToolLog;
}

/**
 * Opened with its passphrase and recognised by its id: another repository in its place is never written to.
 * @throws KuraError conflict `backups.other-medium`, invalid `backups.copy-no-tool`, and those of `BackupEngine`.
 */
export async function openEngineCopy(context: EngineContext, copy: Copy, signal: AbortSignal): Promise<EngineCopy> {
  const opened = await prepareEngineCopy(context, copy, signal);
  const { id } = await opened.engine.identify(opened.call);
  if (id === copy.vaultId) return opened;
  const params = { copy: copy.name, repository: copy.repository };
  throw new KuraError('conflict', 'backups.other-medium', { params });
}

/** As `openEngineCopy`, without looking at the repository. */
export async function prepareEngineCopy(context: EngineContext, copy: Copy, signal: AbortSignal): Promise<EngineCopy> {
  const tool = toolOf(copy);
  if (tool === undefined) throw new KuraError('invalid', 'backups.copy-no-tool', { params: { copy: copy.name } });
  const settings = toolSettingsSchema.parse(copy.engineSettings);
  const place = await placeOf(context, { ...copy, tool, settings });
  const engine = context.engines[tool];
  const version = await engine.version(signal);
  if (version === undefined) throw engineMissing(tool);
  const log = createToolLog([place.passphrase, ...Object.values(place.environment)]);
  return { engine, version, settings, log, call: { place, signal, onLine: log.add } };
}

interface Place {
  readonly tool: EngineName;
  readonly repository: string;
  readonly passphraseFile: string | null;
  readonly encrypted: boolean;
  readonly settings: Pick<ToolSettings, 'environment' | 'uploadKib' | 'downloadKib'>;
}

/**
 * With what the tool may know: the passphrase of an encrypted repository, and the variables that were named.
 * @throws KuraError refused `outbound.refused` for a server in a private network that the configuration does not name.
 */
export async function placeOf(
  { allowHost, passphrase, sources }: Pick<EngineContext, 'allowHost' | 'passphrase' | 'sources'>,
  { tool, repository, passphraseFile, encrypted, settings }: Place,
): Promise<EnginePlace> {
  const host = toolHost(tool, repository);
  if (host !== undefined) await allowHost(host);
  const wish = { file: passphraseFile ?? undefined, fromEnvironment: passphrase };
  return {
    repository,
    passphrase: encrypted ? await readPassphrase(wish) : undefined,
    environment: Object.fromEntries(
      settings.environment.flatMap((name) => {
        const value = sources.environment[name];
        return value === undefined ? [] : [[name, value]];
      }),
    ),
    uploadKib: settings.uploadKib,
    downloadKib: settings.downloadKib,
  };
}
