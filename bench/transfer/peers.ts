/** The tools people use today, and how they are asked. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

type CommandLine = readonly [string, ...string[]];

/** First lines of `--version`. @throws when one of them is not installed: a bench without its peers says nothing. */
export async function peerVersions(): Promise<readonly string[]> {
  const tools = ['nginx', 'curl', 'wget', 'aria2c', 'openssl'];
  return Promise.all(tools.map(async (tool) => firstLine(await versionOf(tool))));
}

export function curl(url: string, out: string, options: readonly string[] = []): CommandLine {
  return ['curl', '-sS', '-f', ...options, '-o', out, url];
}

export function wget(url: string, out: string): CommandLine {
  return ['wget', '-q', '-O', out, url];
}

export interface Aria2Options {
  readonly connections: number;
  readonly sha256?: string;
  readonly extra?: readonly string[];
}

export function aria2c(url: string, out: string, { connections, sha256, extra = [] }: Aria2Options): CommandLine {
  const checksum = sha256 === undefined ? [] : [`--checksum=sha-256=${sha256}`];
  const manner = '-q --no-conf --file-allocation=none --allow-overwrite=true -k1M'.split(' ');
  const split = [`-x${connections}`, `-s${connections}`];
  return ['aria2c', ...manner, ...split, ...checksum, ...extra, '-d', '/', '-o', out.slice(1), url];
}

export function opensslSha256(file: string): CommandLine {
  return ['openssl', 'dgst', '-sha256', file];
}

async function versionOf(tool: string): Promise<string> {
  const flag = { nginx: '-v', openssl: 'version' }[tool] ?? '--version';
  const { stdout, stderr } = await run(tool, [flag]);
  return stdout === '' ? stderr : stdout;
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').replace(/^nginx version: |\s*\(.*$/g, '').trim();
}
