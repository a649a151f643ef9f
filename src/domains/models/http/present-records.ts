/** Records of the domain as the contract shows them, sentences in the caller's language. */
import type { MessageParams } from '#kernel/errors';
import { describeError, type Translator } from '#platform/i18n';

import type {
  DownloadView,
  FindingView,
  LibraryFileView,
  PlannedFileView,
  PolicyAction,
  QuarantineItemView,
  ReasonView,
} from '../contract/index.ts';
import { siteScanOf } from '../core/consent/site-scan.ts';
import { type DownloadPlan, isFailedRef } from '../core/downloads/plan-downloads.ts';
import { modelTypeOf } from '../core/downloads/wanted-file.ts';
import type { Download } from '../store/download-store.ts';
import type { LibraryFile } from '../store/library-store.ts';
import type { QuarantineItem, StoredFinding } from '../store/scan-store.ts';

/** A code of an older version may have lost its sentence; it is shown bare rather than hiding the record. */
export function presentReason(reason: { code: string; params: MessageParams }, text: Translator): ReasonView {
  const { code, params } = reason;
  return { code, message: text.has(code) ? text.text(code, params) : code };
}

export function presentDownload(download: Download, text: Translator): DownloadView {
  const {
    layout: _layout,
    connections: _connections,
    acceptRisk: _risk,
    riskReason: _why,
    jobId: _job,
    reason,
    ...rest
  } = download;
  const { parts: _parts, force: _force, bytesPerSecond: _limit, ...view } = rest;
  return { ...view, reason: reason === null ? null : presentReason(reason, text) };
}

export function presentPlanItem(item: DownloadPlan['items'][number], text: Translator): PlannedFileView {
  if (isFailedRef(item)) {
    const { code, title } = describeError(item.error, text);
    const nothing = { modelId: null, versionId: null, fileId: null, name: null, type: null, path: null };
    return {
      ref: item.ref,
      action: 'failed',
      ...nothing,
      sizeBytes: null,
      sha256: null,
      alternatives: [],
      siteScan: null,
      reason: { code, message: title },
    };
  }
  const { ref, version, file, path, action, siteFault } = item;
  return {
    ref,
    action: action === 'skip' ? 'skip' : 'get',
    modelId: version.modelId,
    versionId: version.versionId,
    fileId: file.fileId,
    name: file.name,
    type: modelTypeOf(item),
    path,
    sizeBytes: file.sizeBytes,
    sha256: file.hashes.sha256,
    alternatives: item.alternatives.map((other) => ({
      fileId: other.fileId,
      name: other.name,
      type: other.type,
      sizeBytes: other.sizeBytes,
    })),
    siteScan: siteScanOf(file),
    ...(siteFault === undefined ? {} : { siteFault: presentReason(siteFault, text) }),
  };
}

/** Without what only the detail shows. */
export function presentLibraryFile(file: LibraryFile): LibraryFileView {
  const { hashes: _hashes, trainedWords: _words, sidecars: _sidecars, ...view } = file;
  return view;
}

export function presentQuarantineItem(
  item: QuarantineItem,
  action: PolicyAction,
  text: Translator,
): QuarantineItemView {
  const { origin: _origin, findings, ...view } = item;
  return { ...view, action, findings: findings.map((finding) => presentFinding(finding, text)) };
}

export function presentFinding(
  { rule, severity, key, params, location }: StoredFinding,
  text: Translator,
): FindingView {
  return { rule, severity, message: text.has(key) ? text.text(key, params) : rule, location };
}
