/** What is looked at when a copy of a tool is registered: its settings, and whether its repository opens. */
import { KuraError } from '#kernel/errors';

import { type NewCopy, type ToolSettings, toolSettingsSchema } from '../../contract/index.ts';
import type { BackupsContext } from '../backups-context.ts';
import { requireCopy } from '../register/find-registered.ts';
import type { Copy, Job } from '../register/protected-job.ts';
import { isKuraSource, isStreamSource } from '../sources/job-source.ts';
import type { EngineIdentity, EngineName } from './backup-engine.ts';
import { placeOf } from './engine-copy.ts';
import { engineMissing } from './engine-errors.ts';
import { isToolAddress, toolPlace } from './engine-place.ts';

type Seen = Pick<Copy, 'repository' | 'vaultId' | 'encrypted' | 'engineSettings'>;

/** A wrong place, passphrase or setting shows now and not in the night. @throws KuraError, see `addBackupCopy`. */
export async function describeEngineCopy(
  context: BackupsContext,
  job: Job,
  tool: EngineName,
  wanted: NewCopy,
): Promise<Seen> {
  const settings = requireSettings(job, tool, wanted.engineSettings ?? {});
  const repository = await toolPlace(tool, wanted.repository);
  refuseWhatCannotBe(job, tool, { ...wanted, repository });
  const { id, encrypted } = await openOnce(context, tool, {
    repository,
    passphraseFile: wanted.passphraseFile,
    environment: settings.environment,
    make: false,
  });
  return {
    repository,
    vaultId: id,
    encrypted: encrypted || wanted.encrypted === true,
    engineSettings: { ...settings },
  };
}

export interface ToolRepository {
  readonly repository: string;
  readonly passphraseFile?: string | undefined;
  readonly environment: readonly string[];
  /** Make an empty one. */
  readonly make: boolean;
}

/** @throws KuraError invalid `vault.passphrase-missing` for restic without one, and those of `BackupEngine`. */
export async function openOnce(
  context: Pick<BackupsContext, 'allowHost' | 'engines' | 'passphrase' | 'sources'>,
  tool: EngineName,
  { repository, passphraseFile, environment, make }: ToolRepository,
): Promise<EngineIdentity> {
  const engine = context.engines[tool];
  const signal = new AbortController().signal;
  if ((await engine.version(signal)) === undefined) throw engineMissing(tool);
  const settings = { environment: [...environment], uploadKib: undefined, downloadKib: undefined };
  const encrypted = tool !== 'rclone';
  const place = await placeOf(context, {
    tool,
    repository,
    passphraseFile: passphraseFile ?? null,
    encrypted,
    settings,
  });
  if (tool === 'restic' && place.passphrase === undefined) throw new KuraError('invalid', 'vault.passphrase-missing');
  const call = { place, signal, onLine: () => undefined };
  return make ? await engine.init(call) : await engine.identify(call);
}

/** @throws KuraError invalid `backups.engine-settings`, with one fault per field; `backups.engine-no-replica`. */
export function requireSettings(job: Job, tool: EngineName, given: Readonly<Record<string, unknown>>): ToolSettings {
  const read = toolSettingsSchema.safeParse(given);
  if (read.success) {
    const { replicaOf } = read.data;
    if (replicaOf !== undefined) requireSameTool(job, tool, replicaOf);
    return read.data;
  }
  const faults = read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
  throw new KuraError('invalid', 'backups.engine-settings', { params: { faults } });
}

function refuseWhatCannotBe(
  job: Job,
  tool: EngineName,
  { repository, offline }: Pick<NewCopy, 'repository' | 'offline'>,
): void {
  if (!isKuraSource(job.source) && isStreamSource(job.source)) {
    throw new KuraError('invalid', 'backups.engine-needs-folder', { params: { tool, source: job.source } });
  }
  if (offline && isToolAddress(tool, repository)) {
    throw new KuraError('invalid', 'backups.engine-offline-server', { params: { tool, repository } });
  }
}

function requireSameTool(job: Job, tool: EngineName, name: string): void {
  if (requireCopy(job, name).engine === tool && tool !== 'borg') return;
  throw new KuraError('invalid', 'backups.engine-no-replica', { params: { tool, copy: name } });
}
