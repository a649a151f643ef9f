/** A copy that a tool makes, as a drill sees it. */
import type { BackupsContext } from '../backups-context.ts';
import type { EngineEntry } from '../engines/backup-engine.ts';
import { openEngineCopy } from '../engines/engine-copy.ts';
import { noSnapshots } from '../engines/engine-errors.ts';
import type { Copy } from '../register/protected-job.ts';
import type { ContentEntry, CopyContent } from './copy-content.ts';
import type { Finding } from './drill-record.ts';

export async function engineContent(context: BackupsContext, copy: Copy, signal: AbortSignal): Promise<CopyContent> {
  const { engine, call } = await openEngineCopy(context, copy, signal);
  let listed: { readonly snapshot: string; readonly entries: readonly EngineEntry[] } | undefined;

  /** Tools list a snapshot as a whole, which takes a while. */
  async function entriesOf(snapshot: string): Promise<readonly EngineEntry[]> {
    if (listed?.snapshot !== snapshot) listed = { snapshot, entries: await engine.entries(call, snapshot) };
    return listed.entries;
  }

  return {
    async newest() {
      // A repository may hold those of other jobs and other programs.
      const newest = (await engine.snapshots(call)).find(({ tags }) => tags.includes(copy.job));
      if (newest === undefined) throw noSnapshots(copy.repository);
      const entries = await entriesOf(newest.id);
      const files = entries.filter(({ type }) => type === 'file');
      const bytes = files.reduce((sum, { size }) => sum + size, 0);
      return { id: newest.id, at: new Date(newest.at).toISOString(), files: files.length, bytes };
    },
    async *entries(snapshot) {
      for (const entry of await entriesOf(snapshot)) yield contentEntry(entry);
    },
    async restoreAll({ snapshot, target }) {
      return (await engine.restore(call, { snapshot, target, include: undefined })).map(inLog);
    },
    async restoreSome({ snapshot, target }, files) {
      if (files.length === 0) return [];
      const include = files.map(({ path }) => path.toString());
      return (await engine.restore(call, { snapshot, target, include })).map(inLog);
    },
    async [Symbol.asyncDispose]() {},
  };
}

function contentEntry({ path, type, size, sha256 }: EngineEntry): ContentEntry {
  const named = { path: Buffer.from(path), modifiedMs: undefined };
  if (type === 'file') return { ...named, type, size, sha256 };
  return type === 'symlink' ? { ...named, type, target: null } : { ...named, type };
}

function inLog(line: string): Finding {
  return { code: 'backups.finding-log', params: { line } };
}
