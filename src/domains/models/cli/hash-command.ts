/** `kura hash PATH…`: the six hashes by which CivitAI names files, and whether they are those somebody published. */
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';

import { KuraError } from '#kernel/errors';
import { type Command, defineCommand, exitCodes, table } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import { agreeingKind, type ExpectedHash, expectedHash, readHashList } from '../core/hashing/expected-hash.ts';
import { type HashedPath, hashPaths } from '../core/hashing/hash-paths.ts';
import type { Models } from '../models.ts';
import { exitCodeOf } from './exit-code.ts';
import { tellFault } from './tell-fault.ts';

type Measured = Exclude<HashedPath, { readonly error: unknown }>;

interface Wanted {
  readonly paths: readonly string[];
  /** What a path has to hash to; of paths that are not named nothing is expected. */
  readonly expected: ReadonlyMap<string, ExpectedHash>;
}

export const hashCommand: Command<Models> = defineCommand<Models>()({
  words: ['hash'],
  arguments: [{ name: 'file', variadic: true }],
  options: [{ flags: '--expect <hash>' }, { flags: '--check <list>' }, { flags: '--cached' }],
  output: 'ndjson',
  input: z.strictObject({
    file: z.array(z.string().min(1)).default([]),
    expect: z.string().optional(),
    check: z.string().min(1).optional(),
    cached: z.boolean().default(false),
  }),
  async run({ file, expect, check, cached }, context) {
    const { out, signal, translator } = context;
    const { paths, expected } = await wantedOf(file, expect, check);
    const memory = cached ? (await context.open()).hashMemory : undefined;
    const count = { done: 0, failed: 0, wrong: 0 };
    function onProgress(path: string, hashed: number, total: number): void {
      const sizes = { hashed: translator.bytes(hashed), total: translator.bytes(total) };
      out.progress(() => translator.text('cli.hash.progress', { path, ...sizes }));
    }
    for await (const one of hashPaths(paths, { signal, onProgress, memory })) {
      if ('error' in one) {
        count.failed += 1;
        tellFault(one, { out, translator });
        continue;
      }
      const judged = judge(one, expected.get(one.path));
      count.done += 1;
      if (judged.agrees === false) count.wrong += 1;
      out.event(judged, () => readable(judged, translator));
    }
    return count.wrong > 0 ? exitCodes.mismatch : exitCodeOf(count);
  },
});

/** @throws KuraError `models.hash-nothing`, `models.expect-one-file`, those of reading the list. */
async function wantedOf(
  files: readonly string[],
  expect: string | undefined,
  check: string | undefined,
): Promise<Wanted> {
  const expected = new Map<string, ExpectedHash>();
  if (check !== undefined) {
    // Names in a list are relative to where the list stands, wherever it is checked from.
    for (const listed of readHashList(await readFile(check, 'utf8'))) {
      expected.set(resolve(dirname(check), listed.path), listed.expected);
    }
  }
  const [only, ...others] = files;
  if (expect !== undefined) {
    if (only === undefined || others.length > 0) throw new KuraError('invalid', 'models.expect-one-file');
    expected.set(only, expectedHash(expect));
  }
  const paths = [...new Set([...files, ...expected.keys()])];
  if (paths.length === 0) throw new KuraError('invalid', 'models.hash-nothing');
  return { paths, expected };
}

interface Judged {
  readonly path: string;
  readonly sizeBytes: number;
  readonly hashes: Measured['hashes'];
  /** Only with `--cached`. */
  readonly cached?: true;
  /** Only where something was expected. */
  readonly expected?: string;
  readonly agrees?: boolean;
  readonly algorithm?: string;
}

function judge({ path, sizeBytes, hashes, wasKnown }: Measured, expected: ExpectedHash | undefined): Judged {
  const facts = { path, sizeBytes, hashes, ...(wasKnown ? { cached: true as const } : {}) };
  if (expected === undefined) return facts;
  const algorithm = agreeingKind(expected, hashes);
  const agrees = algorithm !== undefined;
  return { ...facts, expected: expected.digits, agrees, ...(agrees ? { algorithm } : {}) };
}

function readable({ path, sizeBytes, hashes, agrees, expected, algorithm }: Judged, translator: Translator): string {
  const rows = Object.entries(hashes).map(([name, value]: [string, string]) => ['', name, value]);
  const lines = [`${path}  (${translator.bytes(sizeBytes)})\n${table(rows)}`];
  if (agrees === true) lines.push(translator.text('cli.hash.agrees', { algorithm: algorithm ?? '' }));
  if (agrees === false) lines.push(translator.text('cli.hash.differs', { expected: expected ?? '' }));
  return lines.join('\n');
}
