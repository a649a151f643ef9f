/** `kura models adopt | organize | export`: what is there already, where it belongs, and a list of it. */
import { extname, resolve } from 'node:path';
import { z } from 'zod';

import { KuraError } from '#kernel/errors';
import { type Command, type CommandContext, defineCommand, exitCodes } from '#platform/cli';

import { type LibraryExportFormat, layoutSchema, libraryExportFormats } from '../contract/index.ts';
import { localActor } from '../core/actor.ts';
import type { AdoptedFile } from '../core/adopting/adopt-files.ts';
import type { MovedFile } from '../core/organizing/organize-library.ts';
import { presentFinding } from '../http/present-records.ts';
import type { Models } from '../models.ts';
import { exitCodeOf } from './exit-code.ts';
import { tellFault } from './tell-fault.ts';

type Context = CommandContext<Models>;
const define = defineCommand<Models>();

/** Exit code 4 when a dangerous file was kept out, 3 when something else was or could not be read. */
const adoptCommand = define({
  words: ['models', 'adopt'],
  arguments: [{ name: 'path', required: true, variadic: true }],
  options: [{ flags: '--offline' }, { flags: '--accept-risk' }, { flags: '--dry-run' }],
  output: 'ndjson',
  input: z.strictObject({
    path: z.array(z.string().min(1)).min(1),
    offline: z.boolean().default(false),
    acceptRisk: z.boolean().default(false),
    dryRun: z.boolean().default(false),
  }),
  async run({ path, ...choice }, context) {
    const { out, signal, translator } = context;
    const models = await context.open();
    const count = { adopted: 0, published: 0, already: 0, refused: 0, failed: 0 };
    let isDangerous = false;
    const request = { ...choice, paths: path.map((one) => resolve(one)) };
    function onHashed(file: string, hashed: number, total: number): void {
      out.progress(() => {
        const figures = { path: file, hashed: translator.bytes(hashed), total: translator.bytes(total) };
        return translator.text('cli.models.adopt.progress', figures);
      });
    }
    for await (const one of models.adopt(request, { actor: localActor, signal, onHashed })) {
      count[one.outcome] += 1;
      if (one.outcome === 'adopted' && one.isPublished) count.published += 1;
      if (one.outcome === 'refused' && one.checked.verdict === 'dangerous') isDangerous = true;
      tellAdopted(one, context);
    }
    out.progress(undefined);
    out.event({ event: 'done', ...count }, () =>
      translator.text(`cli.models.adopt.${choice.dryRun ? 'would' : 'done'}`, count),
    );
    if (isDangerous) return exitCodes.refused;
    return exitCodeOf({ done: count.adopted + count.already, failed: count.refused + count.failed });
  },
});

function tellAdopted(one: AdoptedFile, { out, translator }: Context): void {
  if (one.outcome === 'failed') {
    tellFault(one, { out, translator });
    return;
  }
  if (one.outcome === 'refused') {
    const { path, checked } = one;
    const findings = checked.findings.map((finding) => presentFinding(finding, translator));
    out.event({ event: 'refused', path, verdict: checked.verdict, findings }, () => {
      const verdict = translator.text(`cli.models.verdict.${checked.verdict}`);
      const lines = findings.map(({ message }) => `  ${message}`);
      return [translator.text('cli.models.adopt.refused', { path, verdict }), ...lines].join('\n');
    });
    return;
  }
  const { outcome, file } = one;
  const { id, path, modelName, type, baseModel, modelId, versionId, sha256, sizeBytes, verdict } = file;
  const isPublished = outcome === 'adopted' && one.isPublished;
  const told = { id, path, modelName, type, baseModel, modelId, versionId, sha256, sizeBytes, verdict };
  out.event({ event: outcome, ...told, ...(outcome === 'adopted' ? { isPublished } : {}) }, () => {
    if (outcome === 'already') return translator.text('cli.models.adopt.already', { path });
    return translator.text(`cli.models.adopt.${isPublished ? 'adopted' : 'unpublished'}`, {
      path,
      model: modelName,
      type,
      base: baseModel === null ? '' : `, ${baseModel}`,
      verdict: translator.text(`cli.models.verdict.${verdict}`),
    });
  });
}

/** Exit code 3 when some files could not be moved. */
const organizeCommand = define({
  words: ['models', 'organize'],
  options: [{ flags: '--layout <layout>' }, { flags: '--dry-run' }, { flags: '--undo' }],
  output: 'ndjson',
  input: z
    .strictObject({
      layout: layoutSchema.optional(),
      dryRun: z.boolean().default(false),
      undo: z.boolean().default(false),
    })
    // Taking back follows the log of moves, which knows no layout.
    .refine(({ undo, dryRun, layout }) => !(undo && (dryRun || layout !== undefined)), { path: ['undo'] }),
  async run({ layout, dryRun, undo }, context) {
    const models = await context.open();
    const options = { actor: localActor, signal: context.signal };
    if (undo) return tellMoves(models.undoOrganizing(options), context, { words: 'undone', figures: {} });
    const plan = await models.planMoves(layout, context.signal);
    const { moves, layout: _layout, ...figures } = plan;
    if (!dryRun) return tellMoves(models.organize(plan, options), context, { words: 'done', figures });
    const planned = moves.map(({ file, to }) => ({ from: file.path, to }));
    return tellMoves(planned, context, { words: 'would', figures });
  },
});

interface Telling {
  readonly words: 'done' | 'would' | 'undone';
  readonly figures: Readonly<Record<string, number>>;
}

async function tellMoves(
  moves: AsyncIterable<MovedFile> | Iterable<MovedFile>,
  { out, translator }: Context,
  { words, figures }: Telling,
): Promise<number> {
  const count = { moved: 0, failed: 0 };
  for await (const { from, to, error } of moves) {
    count[error === undefined ? 'moved' : 'failed'] += 1;
    if (error !== undefined) tellFault({ path: from, error }, { out, translator });
    else {
      const event = words === 'would' ? 'would-move' : 'moved';
      out.event({ event, from, to }, () => translator.text('cli.models.organize.moved', { from, to }));
    }
  }
  const told = { ...count, ...figures };
  out.event({ event: 'done', ...told }, () => translator.text(`cli.models.organize.${words}`, told));
  return exitCodeOf({ done: count.moved, failed: count.failed });
}

const formatByEnding: Readonly<Record<string, LibraryExportFormat>> = {
  '.json': 'json',
  '.jsonl': 'jsonl',
  '.csv': 'csv',
  '.md': 'markdown',
  '.yaml': 'yaml',
  '.yml': 'yaml',
  '.xml': 'xml',
  '.html': 'html',
  '.sqlite': 'sqlite',
  '.db': 'sqlite',
};

const exportCommand = define({
  words: ['models', 'export'],
  arguments: [{ name: 'path', required: true }],
  options: [{ flags: '--format <format>' }],
  saves: true,
  input: z.strictObject({ path: z.string().min(1), format: z.enum(libraryExportFormats).optional() }),
  async run({ path, ...wish }, { open, out, save, signal, translator }) {
    const format = wish.format ?? formatByEnding[extname(path).toLowerCase()];
    if (format === undefined) throw new KuraError('invalid', 'models.export-format-unknown', { params: { path } });
    const models = await open();
    const { file, bytes } = await save(path, models.exportLibrary({ format, translator, actor: localActor, signal }));
    out.result({ path: file, format, bytes }, () =>
      translator.text('cli.models.export.done', { path: file, size: translator.bytes(bytes) }),
    );
    return exitCodes.done;
  },
});

export const libraryOrderCommands: ReadonlyArray<Command<Models>> = [adoptCommand, organizeCommand, exportCommand];
