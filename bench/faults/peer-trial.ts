/** Puts another tool to one fault of the table and looks at what it calls done. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { MIB } from '#kernel/units';
import { type Behave, type FaultProxy, type SeededContent, startFaultProxy } from '#stand-ins/fault-proxy';

import { sha256OfFile } from '../../test/integration/transfer/attempt.ts';
import { type FaultRow, olderVersion } from '../../test/integration/transfer/fault-rows.ts';
import type { Peer } from './peers.ts';

/** `silent` – it ended well and the file is wrong or not there; `hangs` – it was still at it after half a minute. */
export type PeerEnd = 'right' | 'loud' | 'silent' | 'hangs';

export interface PeerResult {
  readonly end: PeerEnd;
  readonly exitCode: number | null;
  /** Our credential was sent to another host. */
  readonly leaked: boolean;
  readonly apiHits: number;
}

const patienceMs = 30_000;
const credential = 'Bearer of-this-host-only';
const name = 'model.bin';

export async function putPeerToFault(
  peer: Peer,
  row: FaultRow,
  folder: string,
  content: SeededContent,
): Promise<PeerResult> {
  const behave: Behave = row.behave?.(content) ?? (() => ({}));
  const pace = row.disk === 'replaced' ? { bytesPerSecond: content.size / 8 } : {};
  await using storage = await startFaultProxy({ content, host: '127.0.0.2' });
  await using proxy = await startFaultProxy({
    content,
    behave: (ask) => ({ ...pace, ...behave(ask) }),
    ...(row.elsewhere === true && { storageOrigin: storage.origin }),
  });
  const target = join(folder, name);
  if (row.partOf !== undefined) await writeFirstThird(target, row.partOf === 'older' ? olderVersion(content) : content);
  const url = `${proxy.origin}${row.signed === true ? '/api/download/1' : '/file/1'}`;
  const args = peer.args({ url, folder, name, header: `Authorization: ${credential}`, sha256: content.sha256 });
  const tool = spawn(peer.program, args, { stdio: 'ignore' });
  const exited = once(tool, 'exit').then(([code]) => code as number | null);
  if (row.disk === 'replaced') await placeAnother(proxy, target);
  const timer = setTimeout(() => tool.kill('SIGKILL'), patienceMs);
  const exitCode = await exited;
  clearTimeout(timer);
  const leaked = storage.asks.some(({ headers }) => Object.values(headers).includes(credential));
  return { end: await endOf(exitCode, target, content.sha256), exitCode, leaked, apiHits: proxy.count('api') };
}

async function endOf(exitCode: number | null, target: string, right: string): Promise<PeerEnd> {
  if (exitCode === null) return 'hangs';
  if (exitCode !== 0) return 'loud';
  const there = await stat(target).then(
    () => sha256OfFile(target),
    () => undefined,
  );
  return there === right ? 'right' : 'silent';
}

async function writeFirstThird(target: string, content: SeededContent): Promise<void> {
  for (let at = 0; at < content.size / 3; at += MIB) {
    await writeFile(target, content.read(at, Math.min(at + MIB, Math.floor(content.size / 3))), { flag: 'a' });
  }
}

/** As soon as bytes arrive, somebody else's file takes the name. */
async function placeAnother(proxy: FaultProxy, target: string): Promise<void> {
  while (proxy.sentBytes === 0) await sleep(10);
  await sleep(300);
  await writeFile(`${target}.other`, 'a file of somebody else');
  await rename(`${target}.other`, target);
}
