import { z } from 'zod';

import { type Bytes, type Instant, type Sha256, sha256 } from '#kernel/brands';

import { type FileId, fileId, isCivitaiId } from '../ids.ts';
import {
  anything,
  flag,
  type Lossless,
  leftOver,
  number,
  type Raw,
  type Reading,
  readInstant,
  readSize,
  record,
  text,
} from './lenient.ts';

/** One downloadable file of a version. */
export interface ModelFile extends Lossless {
  /** The only reliable identity of a file. */
  readonly fileId: FileId;
  /**
   * The name the server suggests, chosen by strangers: not unique, not safe for any file system, possibly empty.
   * Sanitise before a disk sees it (civitai-api.md §4.6).
   */
  readonly name: string;
  /** Model, VAE, Training Data, …: an open list; empty when the answer had none. */
  readonly type: string;
  /** Exact size, null when unknown. */
  readonly sizeBytes: Bytes | null;
  /** SafeTensor, PickleTensor, GGUF, … (open). */
  readonly format: string | null;
  /** fp16, bf16, … (open). */
  readonly fp: string | null;
  /** full or pruned (open). */
  readonly size: string | null;
  /** Q8_0, Q4_K_M, … (open). */
  readonly quantType: string | null;
  readonly primary: boolean;
  readonly pickleScan: ScanOutcome;
  readonly virusScan: ScanOutcome;
  /** When the site scanned the file; null = not yet. */
  readonly scannedAt: Instant | null;
  readonly hashes: FileHashes;
  /** As sent, null when absent or unusable; build one with `downloadUrl(versionId, fileId)` instead. */
  readonly downloadUrl: string | null;
}

export interface ScanOutcome {
  /** Pending, Success, Danger, Error (open); null when the answer did not say. */
  readonly result: string | null;
  /** Markdown of the scanner. */
  readonly message: string | null;
}

/** Lower-case hex digits; null when the site has none (civitai-api.md §4.5 defines each). */
export interface FileHashes {
  readonly sha256: Sha256 | null;
  readonly autoV1: string | null;
  readonly autoV2: string | null;
  /** The first 12 digits, also where 2023 answers carried all 64. */
  readonly autoV3: string | null;
  readonly crc32: string | null;
  readonly blake3: string | null;
}

const schema = z.object({
  id: anything,
  name: text,
  overrideName: text,
  type: text,
  sizeKB: number,
  metadata: record,
  primary: flag,
  pickleScanResult: text,
  pickleScanMessage: text,
  virusScanResult: text,
  virusScanMessage: text,
  scannedAt: text,
  hashes: record,
  downloadUrl: text,
});
const metadataSchema = z.object({ format: text, fp: text, size: text, quantType: text });
const hashesSchema = z.object({ SHA256: text, AutoV1: text, AutoV2: text, AutoV3: text, CRC32: text, BLAKE3: text });

export function readFile(raw: Raw): Reading<ModelFile> {
  const fields = schema.parse(raw);
  if (!isCivitaiId(fields.id)) return { reason: 'no-id' };
  const metadata = metadataSchema.parse(fields.metadata ?? {});
  const file = {
    fileId: fileId(fields.id),
    name: fields.overrideName ?? fields.name ?? '',
    type: fields.type ?? '',
    sizeBytes: readSize(fields.sizeKB),
    format: metadata.format ?? null,
    fp: metadata.fp ?? null,
    size: metadata.size ?? null,
    quantType: metadata.quantType ?? null,
    primary: fields.primary ?? false,
    pickleScan: { result: fields.pickleScanResult ?? null, message: fields.pickleScanMessage ?? null },
    virusScan: { result: fields.virusScanResult ?? null, message: fields.virusScanMessage ?? null },
    scannedAt: readInstant(fields.scannedAt),
    hashes: readHashes(fields.hashes ?? {}),
    downloadUrl: usableUrl(fields.downloadUrl),
  };
  return { item: { ...file, extra: leftOver(raw, asSent(file, fields.overrideName ?? null)) } };
}

/** What was read, under the keys it was sent with; each field stands for one key only. */
function asSent(file: Omit<ModelFile, 'extra'>, overrideName: string | null): Raw {
  return {
    id: file.fileId,
    [overrideName === null ? 'name' : 'overrideName']: file.name,
    type: file.type,
    metadata: { format: file.format, fp: file.fp, size: file.size, quantType: file.quantType },
    primary: file.primary,
    pickleScanResult: file.pickleScan.result,
    pickleScanMessage: file.pickleScan.message,
    virusScanResult: file.virusScan.result,
    virusScanMessage: file.virusScan.message,
    scannedAt: file.scannedAt,
    hashes: hashesAsSent(file.hashes),
    downloadUrl: file.downloadUrl,
  };
}

/** Under the site's names, for telling what of the sent hashes was not taken as it stood. */
export function hashesAsSent({ sha256: whole, autoV1, autoV2, autoV3, crc32, blake3 }: FileHashes): Raw {
  return { SHA256: whole, AutoV1: autoV1, AutoV2: autoV2, AutoV3: autoV3, CRC32: crc32, BLAKE3: blake3 };
}

export function readHashes(raw: Raw): FileHashes {
  const hashes = hashesSchema.parse(raw);
  const whole = hex(hashes.SHA256, 64);
  return {
    sha256: whole === null ? null : sha256(whole),
    autoV1: hex(hashes.AutoV1, 8),
    autoV2: hex(hashes.AutoV2, 10),
    autoV3: readAutoV3(hashes.AutoV3),
    crc32: hex(hashes.CRC32, 8),
    blake3: hex(hashes.BLAKE3, 64),
  };
}

/** The bulk by-hash endpoint writes `https://undefined/…` (civitai-api.md §2.9). */
export function usableUrl(value: string | null | undefined): string | null {
  const url = URL.parse(value ?? '');
  return url === null || !/^https?:$/.test(url.protocol) || url.hostname === 'undefined' ? null : url.href;
}

function readAutoV3(value: string | null | undefined): string | null {
  const short = hex(value, 12) ?? hex(value, 64)?.slice(0, 12) ?? null;
  // The hash of nothing: a file whose tensor area the site could not read.
  return short === 'e3b0c44298fc' ? null : short;
}

function hex(value: string | null | undefined, digits: number): string | null {
  const lower = (value ?? '').toLowerCase();
  return lower.length === digits && /^[0-9a-f]+$/.test(lower) ? lower : null;
}
