/**
 * A download at whole speed that is killed again and again: what has to be fetched once more (row 4 of the issue; the
 * measure is `models-peers.md` §5: one block of 4 MiB per connection). Slow lines are held by `transfer-kills.test.ts`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { KIB, MIB } from '#kernel/units';

import type { Source } from './make-source.ts';

const child = fileURLToPath(new URL('../../src/engines/transfer/testing/download-child.ts', import.meta.url));
const kills = Number(process.env['KURA_BENCH_KILLS'] ?? 100);
/** As many as the child may open. */
const connections = 4;
const blockMib = 4;
const longestLifeMs = 150;

export async function measureKills({ server, large, out }: Source): Promise<void> {
  const url = `${server.http}/${large.name}`;
  let [killed, again, files] = [0, 0, 0];
  while (killed < kills) {
    const target = join(out, `killed-${files}.bin`);
    const tally = `${target}.received`;
    const own = await fetchKilled({ url, target, tally, kills: kills - killed });
    killed += own.kills;
    if (own.sha256 !== large.sha256) throw new Error(`wrong bytes after ${own.kills} kills`);
    again += (await stat(tally)).size * KIB - large.sizeBytes;
    files += 1;
  }
  const perKill = again / killed / MIB;
  console.log(`\n## ${killed} kills at whole speed, ${files} files\n`);
  console.log(
    `- ${(again / MIB).toFixed(1)} MiB fetched again, ${perKill.toFixed(2)} MiB per kill ` +
      `(asked ≤ ${connections} connections × ${blockMib} MiB): ${perKill <= connections * blockMib ? 'met' : 'NOT MET'}; ` +
      'every file right by its SHA-256',
  );
}

interface KilledFile {
  readonly url: string;
  readonly target: string;
  /** Grows by a letter for each KiB that arrives. */
  readonly tally: string;
  /** The most, in case the file is not done before. */
  readonly kills: number;
}

async function fetchKilled({ url, target, tally, kills }: KilledFile) {
  for (let done = 0; ; ) {
    const before = await sizeOf(tally);
    const running = spawn(process.execPath, [child, url, target, tally], { stdio: ['ignore', 'pipe', 'inherit'] });
    const printed: Buffer[] = [];
    running.stdout.on('data', (piece: Buffer) => printed.push(piece));
    const exited = once(running, 'exit');
    if (done < kills) {
      while (running.exitCode === null && (await sizeOf(tally)) === before) await sleep(2);
      await sleep(Math.random() * longestLifeMs);
      running.kill('SIGKILL');
    }
    const [code] = await exited;
    if (code === 0) return { kills: done, sha256: String(JSON.parse(Buffer.concat(printed).toString()).sha256) };
    if (code !== null) throw new Error(`the download ended with ${code}`);
    done += 1;
  }
}

async function sizeOf(path: string): Promise<number> {
  const facts = await stat(path).catch(() => undefined);
  return facts?.size ?? 0;
}
