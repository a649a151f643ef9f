/** A file as the answers show it (contract note §2.6), with the faults that bend what is said about it. */
import { publishedHashes } from '../catalogue/catalogue.ts';
import type { CatalogueFile, CatalogueVersion } from '../catalogue/entities.ts';
import type { Fault, RouteName } from '../faults/fault.ts';
import type { FileHashes } from '../files/file-hashes.ts';
import type { Site } from './exchange.ts';

export interface FileView {
  readonly route: RouteName;
  /** Scheme and host in front of download URLs. */
  readonly origin: string;
  /** Lists still send selectors; details send `?fileId=` (recorded September 2026). */
  readonly links: 'selectors' | 'file-id';
  /** Waits for hashes of files of any size. */
  readonly complete: boolean;
}

export interface PresentedFile {
  readonly id: number;
  readonly sizeKB: number;
  readonly name: string;
  readonly type: string;
  readonly pickleScanResult: string;
  readonly pickleScanMessage: string | null;
  readonly virusScanResult: string;
  readonly virusScanMessage: null;
  readonly scannedAt: string | null;
  readonly metadata: CatalogueFile['metadata'];
  readonly hashes: Partial<FileHashes>;
  readonly downloadUrl: string;
}

export async function presentFile(
  site: Site,
  file: CatalogueFile,
  version: CatalogueVersion,
  view: FileView,
): Promise<PresentedFile> {
  const faults = site.faults.forFile({
    route: view.route,
    modelId: version.modelId,
    versionId: version.id,
    fileId: file.id,
  });
  return {
    id: file.id,
    sizeKB: file.content().size / 1024,
    name: file.name,
    type: faults.unknownEnums === true ? 'Quantum Lattice' : file.type,
    pickleScanResult: faults.unknownEnums === true ? 'Deferred' : file.pickleScan,
    pickleScanMessage: file.pickleMessage,
    virusScanResult: file.virusScan,
    virusScanMessage: null,
    scannedAt: file.scannedAt,
    metadata: file.metadata,
    hashes: await hashesOf(site, file, { complete: view.complete, faults }),
    downloadUrl: downloadUrl(file, version, view),
  };
}

async function hashesOf(
  site: Site,
  file: CatalogueFile,
  options: { readonly complete: boolean; readonly faults: Fault },
): Promise<Partial<FileHashes>> {
  if (options.faults.hideHashes === true) return {};
  const hashes = await publishedHashes(file, site.hashes, options);
  if (options.complete) await site.hashIndex.learn(file);
  if (options.faults.wrongHash !== true || hashes.SHA256 === undefined) return hashes;
  const SHA256 = hashes.SHA256.split('').reverse().join('');
  return { ...hashes, SHA256, AutoV2: SHA256.slice(0, 10), BLAKE3: SHA256 };
}

function downloadUrl(file: CatalogueFile, version: CatalogueVersion, view: FileView): string {
  const bare = `${view.origin}/api/download/models/${version.id}`;
  if (file.versionId !== version.id) return `${bare}?type=VAE`;
  if (view.links === 'file-id') return `${bare}?fileId=${file.id}`;
  if (file.primary) return bare;
  if (file.type === 'Training Data') return `${bare}?type=Training%20Data`;
  const { format, size, fp } = file.metadata;
  const selectors = Object.entries({ type: file.type, format, size, fp })
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`);
  return `${bare}?${selectors.join('&')}`;
}
