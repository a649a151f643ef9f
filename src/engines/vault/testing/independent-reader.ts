/**
 * Reads one file out of a repository with nothing but docs/en/vault-format.md at hand: no code of the engine is used,
 * so a format that drifts from its documentation fails here. Section numbers refer to that document.
 */
import { createDecipheriv, createHash, hkdfSync, scryptSync } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, zstdDecompressSync } from 'node:zlib';

interface Keys {
  readonly vaultId: Buffer;
  readonly content: Buffer | undefined;
}

interface Content {
  readonly size: number;
  readonly sha256: string;
  readonly chunks: readonly (readonly [id: string, storedBytes: number])[];
}

interface Line extends Content {
  readonly type: string;
  readonly path?: string;
}

/** The file at `path` of the newest snapshot. */
export function readByTheBook(repository: string, passphrase: string | undefined, path: string): Buffer {
  const keys = unlock(readFileSync(join(repository, 'config')), passphrase);
  const snapshots = readdirSync(join(repository, 'snapshots')).map((id) => {
    const stored = readFileSync(join(repository, 'snapshots', id));
    return JSON.parse(openBlob(keys, 3, id, stored).toString()) as { startedAt: string; list: Content };
  });
  const newest = snapshots.toSorted((one, other) => (one.startedAt < other.startedAt ? 1 : -1))[0];
  if (newest === undefined) throw new Error('no snapshot');
  const find = blobFinder(repository, keys);
  const lines = readContent(keys, find, newest.list).toString().split('\n').slice(0, -1);
  const file = lines.map((line) => JSON.parse(line) as Line).find((line) => line.path === path);
  if (file?.type !== 'file') throw new Error(`no file ${path}`);
  return readContent(keys, find, file);
}

/** Section 2. */
function unlock(stored: Buffer, passphrase: string | undefined): Keys {
  const text = stored.toString();
  const checksumAt = text.lastIndexOf(',\n  "checksum": "');
  const config = JSON.parse(text) as Record<string, never> & { keySlots?: Record<string, never>[] };
  equal(sha256(Buffer.from(text.slice(0, checksumAt))), config['checksum'], 'checksum of config');
  equal(config['version'], 1, 'version');
  const vaultId = Buffer.from(String(config['id']).replaceAll('-', ''), 'hex');
  if (config['encryption'] === 'none') return { vaultId, content: undefined };
  const slot = config.keySlots?.[0] ?? {};
  const options = { N: slot['n'], r: slot['r'], p: slot['p'], maxmem: 1 << 30 };
  const slotKey = scryptSync(
    (passphrase ?? '').normalize('NFC'),
    Buffer.from(String(slot['salt']), 'hex'),
    32,
    options,
  );
  const wrapped = Buffer.from(String(slot['wrapped']), 'hex');
  const cipher = createDecipheriv('aes-256-gcm', slotKey, Buffer.from(String(slot['nonce']), 'hex'));
  cipher.setAAD(Buffer.concat([Buffer.from('kura-vault/1/slot'), vaultId]));
  cipher.setAuthTag(wrapped.subarray(32));
  const master = Buffer.concat([cipher.update(wrapped.subarray(0, 32)), cipher.final()]);
  equal(purposeKey(master, vaultId, 'commitment').toString('hex'), config['masterCommitment'], 'master commitment');
  return { vaultId, content: purposeKey(master, vaultId, 'content') };
}

function purposeKey(master: Buffer, vaultId: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', master, vaultId, `kura-vault/1/${purpose}`, 32));
}

/** Sections 3 and 4. */
function openBlob(keys: Keys, kind: number, id: string, stored: Buffer): Buffer {
  const envelope = stored.subarray(0, 16);
  const payload = stored.subarray(16);
  equal(envelope.toString('latin1', 0, 4), 'KVLT', 'magic');
  equal(envelope[4], 1, 'version');
  equal(envelope[5], kind, 'kind');
  equal(payload.length, envelope.readUInt32LE(12), 'payload length');
  const body = envelope[6] === 1 ? decrypt(keys, envelope, id, payload) : unchecked(envelope, payload);
  const plain = decompress(envelope[7] ?? 0, body, envelope.readUInt32LE(8));
  equal(plain.length, envelope.readUInt32LE(8), 'plaintext length');
  return plain;
}

function decompress(code: number, body: Buffer, plainBytes: number): Buffer {
  if (code < 2) return code === 1 ? zstdDecompressSync(body) : body;
  const numbers = Math.floor(plainBytes / code);
  const top = zstdDecompressSync(body.subarray(plainBytes - numbers));
  const plain = Buffer.alloc(plainBytes);
  for (let at = 0, from = 0; at < plainBytes; at++) {
    const isTop = at % code === code - 1;
    plain[at] = (isTop ? top[(at - code + 1) / code] : body[from++]) ?? 0;
  }
  return plain;
}

function unchecked(envelope: Buffer, payload: Buffer): Buffer {
  const body = payload.subarray(0, -4);
  equal(crc32(Buffer.concat([envelope, body])), payload.readUInt32LE(body.length), 'CRC-32');
  return body;
}

function decrypt(keys: Keys, envelope: Buffer, id: string, payload: Buffer): Buffer {
  const associated = Buffer.concat([Buffer.from('kura-vault\0'), keys.vaultId, envelope, Buffer.from(id, 'hex')]);
  equal(payload[0], 40, 'header length');
  const key = Buffer.from(hkdfSync('sha256', keys.content ?? '', payload.subarray(1, 33), associated, 32));
  const plain: Buffer[] = [];
  for (let start = 0, number = 0; start < payload.length; start += 1 << 20, number++) {
    const end = Math.min(payload.length, start + (1 << 20));
    const nonce = Buffer.concat([payload.subarray(33, 40), Buffer.alloc(5)]);
    nonce.writeUInt32BE(number, 7);
    nonce[11] = end === payload.length ? 1 : 0;
    const cipher = createDecipheriv('aes-256-gcm', key, nonce);
    cipher.setAuthTag(payload.subarray(end - 16, end));
    plain.push(cipher.update(payload.subarray(number === 0 ? 40 : start, end - 16)), cipher.final());
  }
  return Buffer.concat(plain);
}

/** Section 5. */
function blobFinder(repository: string, keys: Keys): (id: string) => Buffer {
  const packed = new Map<string, Buffer>();
  for (const name of filesIn(join(repository, 'packs'))) {
    const pack = readFileSync(join(repository, 'packs', name));
    equal(pack.toString('latin1', pack.length - 4), 'KVPK', 'end of pack');
    const directoryAt = pack.length - 8 - pack.readUInt32LE(pack.length - 8);
    const directory = openBlob(keys, 2, name.slice(3), pack.subarray(directoryAt, pack.length - 8));
    let at = 0;
    for (let entry = 0; entry < directory.length; entry += 36) {
      const length = directory.readUInt32LE(entry + 32);
      packed.set(directory.toString('hex', entry, entry + 32), pack.subarray(at, at + length));
      at += length;
    }
  }
  return (id) => packed.get(id) ?? readFileSync(join(repository, 'objects', id.slice(0, 2), id));
}

/** Section 6. */
function readContent(keys: Keys, find: (id: string) => Buffer, content: Content): Buffer {
  const whole = Buffer.concat(content.chunks.map(([id]) => openBlob(keys, 1, id, find(id))));
  equal(whole.length, content.size, 'size');
  equal(sha256(whole), content.sha256, 'SHA-256');
  return whole;
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('/'));
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function equal(actual: unknown, expected: unknown, what: string): void {
  if (actual !== expected) throw new Error(`${what} is ${String(actual)}, not ${String(expected)}`);
}
