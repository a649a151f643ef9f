/**
 * `config`: what the repository is and how it is locked. JSON that ends with its own MAC (encrypted repositories) and
 * checksum, each over every byte before it. `config.copy` is its twin: one bad sector must not cost all backups.
 */
import { createHash, createHmac } from 'node:crypto';

import { z } from 'zod';

import { isKuraError, KuraError } from '#kernel/errors';

import { formerMasterSchema } from '../keys/former-masters.ts';
import { keySlotSchema } from '../keys/key-slot.ts';
import { sameHex } from '../keys/vault-keys.ts';
import type { VaultStorage } from '../storage/storage.ts';

export const FORMAT_VERSION = 1;
export const CONFIG_KEY = 'config';
export const CONFIG_COPY_KEY = 'config.copy';
export const MOST_SLOTS = 16;
/** Their number is a byte of each envelope. */
export const MOST_MASTERS = 255;

const identity = {
  format: z.literal('kura-vault'),
  version: z.literal(FORMAT_VERSION),
  id: z.uuid(),
  createdAt: z.iso.datetime(),
  /** Files are cut into chunks of this many bytes. */
  chunkBytes: z
    .int()
    .min(64 * 1024)
    .max(64 * 1024 * 1024),
  /** Nothing may be forgotten, pruned or taken out. */
  appendOnly: z.literal(true).optional(),
};

const configSchema = z.discriminatedUnion('encryption', [
  z.strictObject({ ...identity, encryption: z.literal('none') }),
  z.strictObject({
    ...identity,
    encryption: z.literal('aes256-gcm-hkdf-1mb'),
    masterCommitment: z.string().regex(/^[0-9a-f]{64}$/),
    keySlots: z.array(keySlotSchema).min(1).max(MOST_SLOTS),
    /** Master keys before this one, oldest first. */
    formerMasters: z
      .array(formerMasterSchema)
      .max(MOST_MASTERS - 1)
      .optional(),
  }),
]);

export type VaultConfig = z.infer<typeof configSchema>;

export interface StoredConfig {
  readonly config: VaultConfig;
  /** Checks the MAC; true for repositories without encryption. */
  authenticatedBy(key: Uint8Array): boolean;
}

export function encodeConfig(config: VaultConfig, macKey: Uint8Array | undefined): Uint8Array {
  let text = JSON.stringify(config, null, 2).slice(0, -2);
  if (macKey !== undefined) text += `,\n  "mac": "${createHmac('sha256', macKey).update(text).digest('hex')}"`;
  text += `,\n  "checksum": "${createHash('sha256').update(text).digest('hex')}"\n}\n`;
  return Buffer.from(text);
}

/** The copy first: until the second is written, the first still says what it said. */
export async function writeConfig(storage: VaultStorage, stored: Uint8Array, signal?: AbortSignal): Promise<void> {
  await storage.write(CONFIG_COPY_KEY, stored, signal);
  await storage.sync(signal);
  await storage.write(CONFIG_KEY, stored, signal);
  await storage.sync(signal);
}

/** @throws KuraError mismatch `vault.config-damaged`, invalid `vault.version-unsupported`. */
function decodeConfig(stored: Uint8Array, key: string): StoredConfig {
  const text = Buffer.from(stored).toString('latin1');
  const [beforeChecksum, checksum] = splitSuffix(text, /,\n {2}"checksum": "([0-9a-f]{64})"\n\}\n$/);
  const damaged = new KuraError('mismatch', 'vault.config-damaged', { params: { object: key } });
  if (checksum === undefined || !sameHex(checksum, sha256Hex(beforeChecksum))) throw damaged;
  const [body, mac] = splitSuffix(beforeChecksum, /,\n {2}"mac": "([0-9a-f]{64})"$/);
  const json: unknown = JSON.parse(`${Buffer.from(body, 'latin1').toString('utf8')}\n}`);
  refuseOtherVersions(json);
  const parsed = configSchema.safeParse(json);
  if (!parsed.success)
    throw new KuraError('mismatch', 'vault.config-damaged', { params: { object: key }, cause: parsed.error });
  return {
    config: parsed.data,
    authenticatedBy(macKey) {
      if (parsed.data.encryption === 'none') return true;
      return (
        mac !== undefined &&
        sameHex(mac, createHmac('sha256', macKey).update(Buffer.from(body, 'latin1')).digest('hex'))
      );
    },
  };
}

/** The config, from its copy when the first is lost or damaged (verify reports that). */
export async function readConfig(storage: VaultStorage, signal?: AbortSignal): Promise<StoredConfig> {
  try {
    return await readConfigAt(storage, CONFIG_KEY, signal);
  } catch (error) {
    if (!isKuraError(error) || error.code === 'vault.version-unsupported') throw error;
    return await readConfigAt(storage, CONFIG_COPY_KEY, signal).catch(() => {
      throw error.code === 'vault.object-missing'
        ? new KuraError('not-found', 'vault.not-a-vault', { params: { location: storage.location }, cause: error })
        : error;
    });
  }
}

export async function readConfigAt(storage: VaultStorage, key: string, signal?: AbortSignal): Promise<StoredConfig> {
  return decodeConfig(await storage.read(key, signal === undefined ? {} : { signal }), key);
}

function splitSuffix(text: string, suffix: RegExp): readonly [string, string | undefined] {
  const match = suffix.exec(text);
  return match === null ? [text, undefined] : [text.slice(0, match.index), match[1]];
}

function sha256Hex(latin1: string): string {
  return createHash('sha256').update(Buffer.from(latin1, 'latin1')).digest('hex');
}

function refuseOtherVersions(json: unknown): void {
  const head = z.looseObject({ format: z.literal('kura-vault'), version: z.int() }).safeParse(json);
  if (head.success && head.data.version !== FORMAT_VERSION) {
    throw new KuraError('invalid', 'vault.version-unsupported', {
      params: { version: head.data.version, supported: FORMAT_VERSION },
    });
  }
}
