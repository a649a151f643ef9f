/** Downloads: one row per file that was ever asked for. */
import type { Selectable } from 'kysely';
import { z } from 'zod';

import type { MessageParams } from '#kernel/errors';
import type { Database, Transaction } from '#platform/db';

import {
  type DownloadMode,
  type DownloadPart,
  type DownloadStatus,
  downloadParts,
  type LayoutName,
  type LibraryFileView,
  type ScanVerdict,
} from '../contract/index.ts';
import { type DownloadConditions, downloadCondition } from './download-history-store.ts';
import { readJson } from './json-column.ts';
import type { ModelsTables } from './models-tables.ts';
import { cutPage, readPositionCursor } from './position-cursor.ts';

export interface Download {
  readonly id: string;
  readonly ref: string;
  readonly modelId: number | null;
  readonly versionId: number;
  readonly fileId: number;
  readonly modelName: string;
  readonly name: string;
  readonly type: string;
  readonly status: DownloadStatus;
  readonly path: string | null;
  readonly sizeBytes: number | null;
  readonly sha256: string | null;
  readonly verdict: ScanVerdict | null;
  readonly reason: Reason | null;
  readonly layout: LayoutName;
  readonly connections: number | null;
  readonly acceptRisk: boolean;
  /** Why policy is to be overridden; null = it is not. */
  readonly riskReason: string | null;
  readonly jobId: string | null;
  /** Of the last successful run: how long it took, what came over the network, by which version of Kura. */
  readonly seconds: number | null;
  readonly networkBytes: number | null;
  readonly toolVersion: string | null;
  /** Who sent its bytes, where it was not CivitAI. */
  readonly mirror: string | null;
  /** A limit of its own. */
  readonly bytesPerSecond: number | null;
  /** Null = all. */
  readonly parts: readonly DownloadPart[] | null;
  readonly force: boolean;
  /** How connections are used; null = as usual. */
  readonly mode: DownloadMode | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Code of a message and what fills it. */
export interface Reason {
  readonly code: string;
  readonly params: MessageParams;
}

const paramsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

/** Writes the row of this version and file; an older one keeps its id and when it was created. */
export async function saveDownload(tx: Transaction, download: Download): Promise<void> {
  const { id, created_at: _created, version_id, file_id, ...changes } = rowOf(download);
  await tx
    .tables<ModelsTables>()
    .insertInto('downloads')
    .values({ id, created_at: download.createdAt, version_id, file_id, ...changes })
    .onConflict((conflict) => conflict.columns(['version_id', 'file_id']).doUpdateSet(changes))
    .execute();
}

export async function findDownload(database: Database, id: string): Promise<Download | undefined> {
  const row = await database
    .tables<ModelsTables>()
    .selectFrom('downloads')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  return row === undefined ? undefined : downloadOf(row);
}

export async function findDownloadOf(
  database: Database,
  versionId: number,
  fileId: number,
): Promise<Download | undefined> {
  const row = await database
    .tables<ModelsTables>()
    .selectFrom('downloads')
    .selectAll()
    .where('version_id', '=', versionId)
    .where('file_id', '=', fileId)
    .executeTakeFirst();
  return row === undefined ? undefined : downloadOf(row);
}

/**
 * Who sent the bytes of a library file last: `civitai`, or the name of a mirror; null when it is not known to have been
 * fetched: a file that was adopted beside a download that failed, or of other bytes than that download brought.
 */
export async function senderOf(
  database: Database,
  { versionId, fileId, sha256 }: Pick<LibraryFileView, 'versionId' | 'fileId' | 'sha256'>,
): Promise<string | null> {
  if (versionId === null || fileId === null) return null;
  const download = await findDownloadOf(database, versionId, fileId);
  const isThere = download?.status === 'placed' || download?.status === 'skipped';
  if (!isThere || download.networkBytes === null || download.sha256 !== sha256) return null;
  return download.mirror ?? 'civitai';
}

/** Paths that unfinished downloads have been promised, except that of this file. */
export async function reservedPaths(database: Database, versionId: number, fileId: number): Promise<readonly string[]> {
  const rows = await database
    .tables<ModelsTables>()
    .selectFrom('downloads')
    .select('path')
    .where('path', 'is not', null)
    .where('status', 'in', ['planned', 'downloading', 'verifying', 'scanning', 'cancelled', 'failed'])
    .where((eb) => eb.or([eb('version_id', '!=', versionId), eb('file_id', '!=', fileId)]))
    .execute();
  return rows.flatMap(({ path }) => (path === null ? [] : [path]));
}

export interface DownloadFilter extends DownloadConditions {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export async function listDownloads(
  database: Database,
  filter: DownloadFilter,
): Promise<{ readonly items: readonly Download[]; readonly nextCursor: string | undefined }> {
  const { limit, cursor } = filter;
  const rows = await database
    .tables<ModelsTables>()
    .selectFrom('downloads')
    .selectAll()
    .where('position', '<', readPositionCursor(cursor))
    .where(downloadCondition(filter))
    .orderBy('position', 'desc')
    .limit(limit + 1)
    .execute();
  const { page, nextCursor } = cutPage(rows, limit);
  return { items: page.map(downloadOf), nextCursor };
}

function rowOf(download: Download) {
  return {
    id: download.id,
    ref: download.ref,
    model_id: download.modelId,
    version_id: download.versionId,
    file_id: download.fileId,
    model_name: download.modelName,
    name: download.name,
    type: download.type,
    status: download.status,
    path: download.path,
    size_bytes: download.sizeBytes,
    sha256: download.sha256,
    verdict: download.verdict,
    reason_code: download.reason?.code ?? null,
    reason_params: download.reason === null ? null : JSON.stringify(download.reason.params),
    layout: download.layout,
    connections: download.connections,
    accept_risk: Number(download.acceptRisk),
    risk_reason: download.riskReason,
    job_id: download.jobId,
    seconds: download.seconds,
    network_bytes: download.networkBytes,
    tool_version: download.toolVersion,
    mirror: download.mirror,
    bytes_per_second: download.bytesPerSecond,
    parts: download.parts?.join(',') ?? null,
    force: Number(download.force),
    mode: download.mode,
    created_at: download.createdAt,
    updated_at: download.updatedAt,
  };
}

function downloadOf(row: Selectable<ModelsTables['downloads']>): Download {
  return {
    id: row.id,
    ref: row.ref,
    modelId: row.model_id,
    versionId: row.version_id,
    fileId: row.file_id,
    modelName: row.model_name,
    name: row.name,
    type: row.type,
    status: row.status,
    path: row.path,
    sizeBytes: row.size_bytes,
    sha256: row.sha256,
    verdict: row.verdict,
    reason:
      row.reason_code === null
        ? null
        : { code: row.reason_code, params: readJson(paramsSchema, row.reason_params ?? '{}') },
    layout: row.layout,
    connections: row.connections,
    acceptRisk: row.accept_risk === 1,
    riskReason: row.risk_reason,
    jobId: row.job_id,
    seconds: row.seconds,
    networkBytes: row.network_bytes,
    toolVersion: row.tool_version,
    mirror: row.mirror,
    bytesPerSecond: row.bytes_per_second,
    parts: row.parts === null ? null : downloadParts.filter((part) => row.parts?.split(',').includes(part)),
    force: row.force === 1,
    mode: row.mode,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
