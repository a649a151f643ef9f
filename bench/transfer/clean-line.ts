/** One large file over a line without limits, plain and over TLS, written to the same disk. */
import { join } from 'node:path';

import { contest, named, ours, printRatio, printStandings, program } from './contest.ts';
import type { Source } from './make-source.ts';
import { aria2c, curl, opensslSha256, wget } from './peers.ts';

const ROUNDS = 5;

export async function measureCleanLine({ server, large, out }: Source): Promise<void> {
  const url = `${server.http}/${large.name}`;
  const file = join(out, 'file.bin');
  const { sha256 } = large;
  const entrants = [
    ours('kura, SHA-256 and BLAKE3 of blocks', { urls: [url], out: file, sha256 }),
    ours('kura, 8 connections', { urls: [url], out: file, sha256, connections: 8 }),
    program('curl, unverified', [curl(url, file)], file),
    program('curl, then openssl', [curl(url, file), opensslSha256(file)], file),
    program('wget, unverified', [wget(url, file)], file),
    program('aria2c -x16, unverified', [aria2c(url, file, { connections: 16 })], file),
    program('aria2c -x16 --checksum', [aria2c(url, file, { connections: 16, sha256 })], file),
  ];
  const standings = await contest(entrants, ROUNDS, server.pid);
  printStandings(`${large.sizeBytes / 2 ** 20} MiB, plain`, standings, large.sizeBytes / 1e6);
  const kura = named(standings, 'kura, SHA-256 and BLAKE3 of blocks');
  const unverified = named(standings, 'curl, unverified');
  const checked = named(standings, 'aria2c -x16 --checksum');
  const verified = named(standings, 'curl, then openssl');
  console.log('');
  printRatio('verified rate against aria2c --checksum', checked.seconds / kura.seconds, { atLeast: 3 });
  printRatio("verified rate against curl's unverified one", unverified.seconds / kura.seconds, { atLeast: 1 });
  printRatio('CPU per verified GB against curl, then openssl', kura.cpuSeconds / verified.cpuSeconds, { atMost: 0.75 });
}

export async function measureTls({ server, large, out }: Source): Promise<void> {
  const url = `${server.https}/${large.name}`;
  const file = join(out, 'file.bin');
  const { sha256 } = large;
  const { caFile } = server;
  const trusting = { connections: 8, extra: [`--ca-certificate=${caFile}`] };
  const entrants = [
    ours('kura', { urls: [url], out: file, sha256, caFile }),
    program('curl, unverified', [curl(url, file, ['--cacert', caFile])], file),
    program('curl, then openssl', [curl(url, file, ['--cacert', caFile]), opensslSha256(file)], file),
    program('aria2c -x8, unverified', [aria2c(url, file, trusting)], file),
  ];
  const standings = await contest(entrants, ROUNDS, server.pid);
  printStandings(`${large.sizeBytes / 2 ** 20} MiB, TLS`, standings, large.sizeBytes / 1e6);
  const [kura, verified] = [named(standings, 'kura'), named(standings, 'curl, then openssl')];
  console.log('');
  printRatio('CPU per verified GB against curl, then openssl', kura.cpuSeconds / verified.cpuSeconds, { atMost: 1 });
}
