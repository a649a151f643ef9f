/** `kura dr restore`: the way back on a new machine; nothing of Kura need be there. */
import { readFile } from 'node:fs/promises';
import { text as textOf } from 'node:stream/consumers';

import { z } from 'zod';

import { type Command, type CommandContext, defineCommand, exitCodes } from '#platform/cli';
import { type Environment, resolveHome } from '#platform/config';
import { masterKeyInKit } from '#platform/protection';

import { storagesAtTerminal } from '../configured-storages.ts';
import type { AppContext } from '../context.ts';
import type { StoodUpKura } from '../recovery/stand-up.ts';
import { checkLines } from './recovery-texts.ts';

const input = z
  .strictObject({
    repo: z.string().min(1).optional(),
    image: z.string().min(1).optional(),
    snapshot: z.string().min(4).optional(),
    passphraseFile: z.string().min(1).optional(),
    kitFile: z.string().min(1).optional(),
  })
  .refine(({ repo, image }) => (repo === undefined) !== (image === undefined), '--repo / --image');

export function restoreOwnCommand(environment: Environment): Command<AppContext> {
  return defineCommand<AppContext>()({
    words: ['dr', 'restore'],
    options: [
      { flags: '--repo <place>' },
      { flags: '--image <dir>' },
      { flags: '--snapshot <id>' },
      { flags: '--passphrase-file <path>' },
      { flags: '--kit-file <path>' },
    ],
    input,
    async run({ repo, image, snapshot, passphraseFile, kitFile }, context) {
      const { globals, out, signal, translator } = context;
      if (kitFile === undefined) out.note(translator.text('protection.kit-paste'));
      const kit = kitFile === undefined ? await textOf(process.stdin) : await readFile(kitFile, 'utf8');
      const home = resolveHome(globals.home, environment);
      const { standUp } = await import('../recovery/stand-up.ts');
      const done = await standUp({
        home,
        environment,
        masterKey: masterKeyInKit(kit),
        from: image === undefined ? { repository: repo ?? '', snapshot, passphraseFile } : { image },
        storages: storagesAtTerminal(globals.home, environment),
        signal,
        onProgress: ({ bytes, totalBytes, path }) => {
          const told = { bytes: translator.bytes(bytes), totalBytes: translator.bytes(totalBytes), path };
          out.progress(() => translator.text('cli.dr.restore.progress', told));
        },
      });
      out.progress(undefined);
      return report(home, done, context);
    },
  });
}

function report(
  home: string,
  { manifest, checks, rtoSeconds, rpoSeconds }: StoodUpKura,
  { out, translator }: Pick<CommandContext<AppContext>, 'out' | 'translator'>,
): number {
  const named = checks.map(({ check, ...found }) => ({ ...found, check: translator.text(`backups.${check}`) }));
  const { takenAt, version, host, variables } = manifest;
  out.result({ home, takenAt, version, host, variables, rtoSeconds, rpoSeconds, checks: named }, () => {
    const rto = translator.number(Math.round(rtoSeconds * 10) / 10);
    const rpo = translator.number(Math.round(rpoSeconds));
    const names = variables.join(', ');
    return [
      translator.text('cli.dr.restore.done', { home, time: translator.time(takenAt), host }),
      ...checkLines(named),
      translator.text('cli.dr.restore.measured', { rto, rpo }),
      ...(names === '' ? [] : [translator.text('cli.dr.restore.variables', { names })]),
    ].join('\n');
  });
  return checks.every(({ passed }) => passed) ? exitCodes.done : exitCodes.mismatch;
}
