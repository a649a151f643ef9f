/** `--protect`: what a command writes for people is sealed as it is written; what it reads may be sealed (P-060). */
import { open as openFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { z } from 'zod';

import { isSealedBeginning, openedFile, sealedBeginningBytes, sealStream, writeNew } from '#engines/sealing';
import type { Command, CommandContext, FileAccess, FileContent } from '#platform/cli';

import { type OpenProtection, openingKeys, type ProtectionDeps } from '../protection.ts';
import { identityInput, identityOptions, withPassphrase } from './opening-options.ts';
import {
  levelInput,
  passphraseInput,
  passphraseOptions,
  recipientInput,
  recipientOptions,
  sealedEnding,
  sealingKeysFor,
} from './sealing-options.ts';

const savingShape = { protect: levelInput.optional(), ...passphraseInput, ...recipientInput };
const readingShape = { ...passphraseInput, ...identityInput };
const wishSchema = z.object({ ...savingShape, ...readingShape });
type Wish = z.output<typeof wishSchema>;

/**
 * The same command, with the options of sealing where it `saves` and those of opening where it `reads`.
 * @param openFor Its keys, once they are needed; what has to be closed after the command goes onto the stack.
 */
export function withProtectedFiles<Services>(
  command: Command<Services>,
  openFor: (context: CommandContext<Services>, stack: AsyncDisposableStack) => Promise<ProtectionDeps>,
): Command<Services> {
  if (!command.saves && !command.reads) return command;
  const shape = { ...(command.saves ? savingShape : {}), ...(command.reads ? readingShape : {}) };
  const own = Object.keys(shape);
  function withoutWish(input: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
    return Object.fromEntries(Object.entries(input).filter(([name]) => !own.includes(name)));
  }
  return {
    ...command,
    options: [...command.options, ...optionsOf(command)],
    input: widened(command.input, shape),
    run: async (input, context) => {
      await using stack = new AsyncDisposableStack();
      let opened: Promise<ProtectionDeps> | undefined;
      function open(): Promise<ProtectionDeps> {
        opened ??= openFor(context, stack);
        return opened;
      }
      const given = z.record(z.string(), z.unknown()).parse(input);
      const files = protectedFiles(wishSchema.parse(given), context, open);
      return await command.run(withoutWish(given), { ...context, ...files });
    },
  };
}

/** @throws TypeError for a command whose input is no object, which has no options either */
function widened(input: z.ZodType, shape: z.ZodRawShape): z.ZodType {
  if (!(input instanceof z.ZodObject)) throw new TypeError('a command that saves or reads files takes an object');
  return input.extend(shape);
}

function optionsOf({ saves, reads }: Pick<Command<unknown>, 'saves' | 'reads'>): Command<unknown>['options'] {
  const saving = [{ flags: '--protect <level>', text: 'protection.option.protect' }, ...described(recipientOptions)];
  return [
    ...(saves ? saving : []),
    ...described(passphraseOptions),
    ...(reads ? identityOptions.map(({ flags }) => ({ flags, text: `cli.decrypt.${nameOf(flags)}` })) : []),
  ];
}

function described(options: Command<unknown>['options']): Command<unknown>['options'] {
  return options.map(({ flags }) => ({ flags, text: `cli.encrypt.${nameOf(flags)}` }));
}

function nameOf(flags: string): string {
  return flags.replace(/^--([a-z-]+).*$/, '$1');
}

function protectedFiles(wish: Wish, context: CommandContext<unknown>, open: OpenProtection): FileAccess {
  const { signal, translator } = context;
  return {
    seals: wish.protect !== undefined,
    async save(path, content, mode) {
      const { protect: level } = wish;
      if (level === undefined) return await context.save(path, content, mode);
      const file = resolve(path.endsWith(sealedEnding) ? path : `${path}${sealedEnding}`);
      const keys = await sealingKeysFor(open, { ...wish, level }, { translator, signal });
      return { file, bytes: await writeNew(file, sealStream(piecesOf(content), keys), signal) };
    },
    async read(path) {
      if (!(await isSealedFile(path))) return await context.read(path);
      return await withPassphrase(wish, context, async (passphrase) => {
        const keys = openingKeys(open, { passphrase, identityFiles: wish.identityFile, signers: wish.signer });
        return await buffer(openedFile({ source: path, signal }, keys));
      });
    },
  };
}

async function isSealedFile(path: string): Promise<boolean> {
  await using file = await openFile(path, 'r');
  const { buffer: bytes, bytesRead } = await file.read(Buffer.alloc(sealedBeginningBytes));
  return isSealedBeginning(bytes.subarray(0, bytesRead));
}

async function* piecesOf(content: FileContent): AsyncGenerator<Uint8Array> {
  const pieces = typeof content === 'string' || content instanceof Uint8Array ? [content] : content;
  for await (const piece of pieces) yield typeof piece === 'string' ? Buffer.from(piece) : piece;
}
