import { readFile } from 'node:fs/promises';

import { z } from 'zod';

import { type BackupProgress, type BackupResult, parseExcludeFile } from '#engines/vault';
import { KuraError } from '#kernel/errors';
import { type Command, type CommandContext, exitCodes } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import { openSource } from '../../core/sources/open-source.ts';
import { labelOf, sourceOf } from '../../core/sources/source-kind.ts';
import { exitCodeList } from '../exit-code-list.ts';
import {
  defineVaultCommand,
  noteSome,
  openRepository,
  repositoryInput,
  repositoryOptions,
  signingInput,
  signingOption,
  type VaultCommandDeps,
} from './vault-command.ts';

const byteUnits = ['', 'K', 'M', 'G', 'T'];
/** `500`, `1.5G`, `100 MiB`: units of 1024. */
const byteSize = z
  .string()
  .trim()
  .regex(/^\d+(?:\.\d+)? ?(?:[KMGT]?(?:i?B)?)$/i)
  .transform((text) => {
    const unit = /[KMGT]/i.exec(text)?.[0].toUpperCase() ?? '';
    return Math.floor(Number.parseFloat(text) * 1024 ** byteUnits.indexOf(unit));
  });

const input = z.strictObject({
  ...repositoryInput,
  ...signingInput,
  source: z.string().min(1),
  tag: z.array(z.string().min(1)).default([]),
  exclude: z.array(z.string().min(1)).default([]),
  excludeFile: z.array(z.string().min(1)).default([]),
  excludeCaches: z.boolean().default(false),
  excludeLargerThan: byteSize.optional(),
  oneFileSystem: z.boolean().default(false),
  readAll: z.boolean().default(false),
  command: z.array(z.string()).default([]),
  warnExitCodes: exitCodeList.default([]),
});

export function backupCommand(deps: VaultCommandDeps): Command<unknown> {
  return defineVaultCommand({
    words: ['vault', 'backup'],
    arguments: [
      { name: 'source', required: true },
      { name: 'command', variadic: true },
    ],
    options: [
      ...repositoryOptions,
      signingOption,
      { flags: '--tag <tag...>' },
      { flags: '--exclude <pattern...>' },
      { flags: '--exclude-file <path...>' },
      { flags: '--exclude-caches' },
      { flags: '--exclude-larger-than <size>' },
      { flags: '--one-file-system' },
      { flags: '--read-all' },
      { flags: '--warn-exit-codes <codes>' },
    ],
    input,
    async run(
      { source: text, command, warnExitCodes, tag, exclude, excludeFile, excludeLargerThan, ...rest },
      context,
    ) {
      const { out, signal, translator } = context;
      const { excludeCaches, oneFileSystem, readAll, ...place } = rest;
      const source = sourceOf(text, command);
      if (source.kind !== 'folder')
        refuseRules(text, [...exclude, ...excludeFile].length > 0 || hasRules(excludeLargerThan, rest));
      const patterns = [...exclude, ...(await patternsIn(excludeFile))];
      await using vault = await openRepository(place, deps, context);
      const shared = {
        tags: tag,
        signal,
        onProgress: (progress: BackupProgress) => out.progress(() => progressText(progress, translator)),
      };
      const rules = { exclude: patterns, excludeCaches, excludeLargerThan, oneFileSystem, readAll };
      const done =
        source.kind === 'folder'
          ? await vault.backup({ ...shared, ...rules, source: source.path })
          : await vault.backupStream({
              ...shared,
              source: labelOf(source),
              name: source.name,
              open: (stop) => openSource(source, { ...deps.sources, warningCodes: warnExitCodes }, stop),
            });
      out.progress(undefined);
      return report(done, context);
    },
  });
}

function hasRules(
  excludeLargerThan: number | undefined,
  { excludeCaches, oneFileSystem, readAll }: Readonly<Record<'excludeCaches' | 'oneFileSystem' | 'readAll', boolean>>,
): boolean {
  return excludeLargerThan !== undefined || excludeCaches || oneFileSystem || readAll;
}

/** Nobody shall believe that something was left out which was not. */
function refuseRules(source: string, areGiven: boolean): void {
  if (areGiven) throw new KuraError('invalid', 'backups.source-rules', { params: { source } });
}

function report(done: BackupResult, context: Pick<CommandContext<unknown>, 'out' | 'translator'>): number {
  const { out, translator } = context;
  const problems = done.problems.map(({ path, code, reason }) => ({
    path,
    code,
    message: translator.text(code, { path, reason }),
  }));
  noteSome(
    problems.map(({ message }) => message),
    context,
  );
  const notes = (done.snapshot.notes ?? []).map((note) => ({
    ...note,
    message: translator.text(note.code, { ...note }),
  }));
  noteSome(
    notes.map(({ message }) => message),
    context,
  );
  out.result(documentOf(done, problems, notes), () => sentenceOf(done, translator));
  return done.result === 'complete' ? exitCodes.done : exitCodes.partlyDone;
}

function progressText({ files, bytes, newBytes, path }: BackupProgress, translator: Translator): string {
  return translator.text('cli.vault.backup.progress', {
    files: translator.number(files),
    bytes: translator.bytes(bytes),
    newBytes: translator.bytes(newBytes),
    path,
  });
}

async function patternsIn(files: readonly string[]): Promise<readonly string[]> {
  const patterns: string[] = [];
  for (const path of files) {
    const text = await readFile(path, 'utf8').catch((cause: unknown) => {
      throw new KuraError('invalid', 'backups.exclude-file-unreadable', { params: { path }, cause });
    });
    patterns.push(...parseExcludeFile(text));
  }
  return patterns;
}

function documentOf(done: BackupResult, problems: readonly object[], notes: readonly object[]): object {
  const { files, bytes, newObjects, newBytes, readBytes, reusedFiles, seconds, result } = done;
  const snapshot = done.snapshot.id;
  return { snapshot, files, bytes, newObjects, newBytes, seconds, readBytes, reusedFiles, result, notes, problems };
}

function sentenceOf(done: BackupResult, translator: Translator): string {
  return translator.text(done.result === 'complete' ? 'cli.vault.backup.done' : 'cli.vault.backup.partial', {
    snapshot: done.snapshot.id.slice(0, 12),
    files: translator.number(done.files),
    bytes: translator.bytes(done.bytes),
    newBytes: translator.bytes(done.newBytes),
    seconds: translator.number(Math.round(done.seconds * 10) / 10),
    problems: translator.number(done.problems.length),
  });
}
