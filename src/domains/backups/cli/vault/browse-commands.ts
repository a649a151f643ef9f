/** Looking into snapshots: what is in them, what changed, where a file lies, and one file out of them. */
import { z } from 'zod';

import type { Difference, TreeEntry, Vault } from '#engines/vault';
import { sha256 } from '#kernel/brands';
import { KuraError } from '#kernel/errors';
import type { Command, CommandContext } from '#platform/cli';

import {
  defineVaultCommand,
  openRepository,
  repositoryInput,
  repositoryOptions,
  type VaultCommandDeps,
} from './vault-command.ts';

export function browseCommands(deps: VaultCommandDeps): readonly Command<unknown>[] {
  return [listEntries(deps), diff(deps), find(deps), dump(deps)];
}

function listEntries(deps: VaultCommandDeps): Command<unknown> {
  return defineVaultCommand({
    words: ['vault', 'ls'],
    arguments: [{ name: 'snapshot', required: true }, { name: 'path' }],
    options: repositoryOptions,
    output: 'ndjson',
    input: z.strictObject({ ...repositoryInput, snapshot: z.string().min(1), path: z.string().optional() }),
    async run({ snapshot, path = '', ...place }, context) {
      const below = path.split('/').filter(Boolean).join('/');
      await using vault = await openRepository(place, deps, context);
      for await (const entry of vault.entries(snapshot, context.signal)) {
        const name = entry.path.toString();
        if (below === '' || name === below || name.startsWith(`${below}/`)) show(entry, {}, context);
      }
      return 0;
    },
  });
}

const signs = { added: '+', removed: '-', content: 'M', facts: 'm', type: 'T' } as const;

function diff(deps: VaultCommandDeps): Command<unknown> {
  return defineVaultCommand({
    words: ['vault', 'diff'],
    arguments: [
      { name: 'before', required: true },
      { name: 'after', required: true },
    ],
    options: repositoryOptions,
    output: 'ndjson',
    input: z.strictObject({ ...repositoryInput, before: z.string().min(1), after: z.string().min(1) }),
    async run({ before, after, ...place }, context) {
      const { out, translator } = context;
      const counts = { added: 0, removed: 0, content: 0, facts: 0, type: 0 };
      await using vault = await openRepository(place, deps, context);
      for await (const difference of vault.diff(before, after, context.signal)) {
        counts[difference.change] += 1;
        out.event(documentOf(difference), () => `${signs[difference.change]} ${shown(difference.path)}`);
      }
      const { added, removed, facts } = counts;
      const changed = counts.content + counts.type;
      out.event({ event: 'done', ...counts }, () =>
        translator.text('cli.vault.diff.done', { added, removed, changed, facts }),
      );
      return 0;
    },
  });
}

function documentOf({ change, path, before, after }: Difference): object {
  return { change, path: path.toString(), bytesBefore: sizeOf(before), bytesAfter: sizeOf(after) };
}

function sizeOf(entry: TreeEntry | undefined): number | undefined {
  return entry?.type === 'file' ? entry.size : undefined;
}

function find(deps: VaultCommandDeps): Command<unknown> {
  return defineVaultCommand({
    words: ['vault', 'find'],
    arguments: [{ name: 'pattern', required: true }],
    options: repositoryOptions,
    output: 'ndjson',
    input: z.strictObject({ ...repositoryInput, pattern: z.string().min(1) }),
    async run({ pattern, ...place }, context) {
      await using vault = await openRepository(place, deps, context);
      let found = 0;
      for await (const { snapshot, entry } of placesOf(vault, pattern, context)) {
        found += 1;
        show(entry, { snapshot: snapshot.id, startedAt: snapshot.startedAt, source: snapshot.source }, context);
      }
      if (found > 0) return 0;
      throw new KuraError('not-found', 'vault.nothing-matches', { params: { include: pattern } });
    },
  });
}

/** `sha256:…` is a content, anything else a name or path pattern. */
function placesOf(vault: Vault, pattern: string, { signal }: CommandContext<unknown>) {
  const [, hash] = /^sha256:([0-9a-f]{64})$/i.exec(pattern) ?? [];
  return hash === undefined ? vault.findPaths({ pattern, signal }) : vault.findFiles({ sha256: sha256(hash), signal });
}

function dump(deps: VaultCommandDeps): Command<unknown> {
  return defineVaultCommand({
    words: ['vault', 'dump'],
    arguments: [
      { name: 'snapshot', required: true },
      { name: 'path', required: true },
    ],
    options: [...repositoryOptions, { flags: '--out <path>' }],
    input: z.strictObject({
      ...repositoryInput,
      snapshot: z.string().min(1),
      path: z.string().min(1),
      out: z.string().min(1),
    }),
    async run({ snapshot, path, out: target, ...place }, context) {
      const { out, translator, signal } = context;
      await using vault = await openRepository(place, deps, context);
      const { size, sha256: hash } = await vault.restoreFile({ snapshot, path, target, signal });
      out.result({ path: target, sizeBytes: size, sha256: hash }, () =>
        translator.text('cli.vault.dump.done', { path: target, bytes: translator.bytes(size) }),
      );
      return 0;
    },
  });
}

interface Where {
  readonly snapshot?: string;
  readonly startedAt?: string;
  readonly source?: string;
}

function show(entry: TreeEntry, where: Where, { out, translator }: CommandContext<unknown>): void {
  const path = entry.path.toString();
  const content = entry.type === 'file' ? { sizeBytes: entry.size, sha256: entry.sha256 } : {};
  const modified = new Date(Number(entry.mtimeNs / 1_000_000n)).toISOString();
  const mode = entry.mode.toString(8).padStart(4, '0');
  out.event({ ...where, type: entry.type, path, mode, modified, ...content }, () => {
    const size = entry.type === 'file' ? translator.bytes(entry.size) : entry.type;
    const lead = where.snapshot === undefined ? '' : `${where.snapshot.slice(0, 12)}  `;
    return `${lead}${mode}  ${size.padStart(10)}  ${translator.time(modified)}  ${shown(entry.path)}`;
  });
}

/** A name may hold what a terminal would obey. */
function shown(path: Buffer): string {
  return path.toString().replaceAll(/\p{Cc}/gu, '\uFFFD');
}
