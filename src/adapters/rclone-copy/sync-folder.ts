/** One run: the copy becomes what the folder is; what that replaces or removes is kept beside it. */
import type { EngineBackup, EngineBackupRequest, EngineCall, EngineReplicaRequest } from '#backups/ports';

import { listFiles, loadManifest, manifestName, placeIn, readMarker, writeAt, writeMarker } from './copy-layout.ts';
import { hashFiles, manifestText } from './manifest.ts';
import type { ListedFile, RcloneLine } from './rclone-answers.ts';
import { type RcloneCopyDeps, runRclone } from './rclone-program.ts';

export async function syncFolder(
  deps: RcloneCopyDeps,
  call: EngineCall,
  request: EngineBackupRequest,
): Promise<EngineBackup> {
  const { source, exclude, job, startedAt, onProgress } = request;
  const { repository } = call.place;
  const marker = await readMarker(deps, call);
  const snapshot = startedAt.toISOString().replaceAll(/[-:.]/g, '');
  const filters = exclude.map((pattern) => `--exclude=${pattern}`);
  const before = await listFiles(deps, call, source, filters);
  const { newBytes, unread } = await sync(deps, call, {
    from: source,
    snapshot,
    flags: filters,
    onProgress: (told) => onProgress({ ...told, path: '' }),
  });
  const after = await listFiles(deps, call, source, filters);
  const stored = await listFiles(deps, call, placeIn(repository, 'current'));
  const steady = steadyFiles({ before, after, stored }).filter(({ path }) => !unread.has(path));
  const listed = await hashFiles(source, steady, await loadManifest(deps, call), call.signal);
  await writeAt(deps, call, manifestName, manifestText(listed));
  const bytes = stored.reduce((sum, { size }) => sum + size, 0);
  const current = { snapshot, at: startedAt.toISOString(), job, files: stored.length, bytes };
  await writeMarker(deps, call, { ...marker, current });
  return { snapshot, files: stored.length, bytes, newBytes, problems: after.length - listed.length };
}

/** The newest state of another copy of the same kind, with its list. */
export async function syncCopy(
  deps: RcloneCopyDeps,
  call: EngineCall,
  { from }: EngineReplicaRequest,
): Promise<EngineBackup> {
  const marker = await readMarker(deps, call);
  const other = { ...call, place: from };
  const { current } = await readMarker(deps, other);
  const source = placeIn(from.repository, 'current');
  const snapshot = current?.snapshot ?? '';
  const environment = { ...from.environment, ...call.place.environment };
  const { newBytes, unread } = await sync(deps, call, { from: source, snapshot, flags: [], environment });
  const listed = await loadManifest(deps, other);
  await writeAt(deps, call, manifestName, manifestText(listed));
  const stored = await listFiles(deps, call, placeIn(call.place.repository, 'current'));
  const bytes = stored.reduce((sum, { size }) => sum + size, 0);
  await writeMarker(deps, call, { ...marker, current });
  return { snapshot, files: stored.length, bytes, newBytes, problems: unread.size };
}

interface Sync {
  readonly from: string;
  readonly snapshot: string;
  readonly flags: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly onProgress?: (told: { files: number; bytes: number; newBytes: number }) => void;
}

async function sync(deps: RcloneCopyDeps, call: EngineCall, { from, snapshot, flags, environment, onProgress }: Sync) {
  const unread = new Set<string>();
  let newBytes = 0;
  const { repository } = call.place;
  await runRclone(deps, call, {
    command: 'sync',
    flags: [
      '--create-empty-src-dirs',
      `--backup-dir=${placeIn(repository, `earlier/${snapshot}`)}`,
      // Three rounds by themselves; pauses between them would only be waiting.
      '--retries-sleep=1s',
      ...flags,
    ],
    places: [from, placeIn(repository, 'current')],
    ...(environment === undefined ? {} : { environment }),
    accept: (errors) => isOnlyUnread(errors),
    onLog({ level, object, message, stats }) {
      if (level === 'error' && object !== undefined && unreadable.test(message)) unread.add(object);
      if (stats === undefined) return;
      newBytes = Math.max(newBytes, stats.bytes);
      onProgress?.({ files: stats.transfers, bytes: stats.bytes, newBytes });
    },
  });
  return { newBytes, unread };
}

const unreadable = /failed to open source object|permission denied|source file is being updated|corrupted on transfer/i;
/** What rclone adds when single files failed. */
const consequence = /not deleting (?:files|directories) as there were IO errors|^attempt \d|failed to sync/i;

/** Some files could not be read, and nothing else went wrong. */
function isOnlyUnread(errors: readonly RcloneLine[]): boolean {
  const causes = errors.filter(({ message }) => !/not deleting/.test(message) && !consequence.test(bare(message)));
  return causes.length > 0 && causes.every(({ object, message }) => object !== undefined && unreadable.test(message));
}

/** Without the date of the last line, which is plain text. */
function bare(message: string): string {
  return message.replace(/^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d /, '');
}

interface Looks {
  readonly before: readonly ListedFile[];
  readonly after: readonly ListedFile[];
  readonly stored: readonly ListedFile[];
}

/** Files that did not change while they were copied, and that arrived in their length. */
function steadyFiles({ before, after, stored }: Looks): readonly ListedFile[] {
  const earlier = new Map(before.map((one) => [one.path, one]));
  const arrived = new Map(stored.map((one) => [one.path, one.size]));
  return after.filter(({ path, size, modified }) => {
    const then = earlier.get(path);
    return then?.size === size && then.modified === modified && arrived.get(path) === size;
  });
}
