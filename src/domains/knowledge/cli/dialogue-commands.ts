/** `kura knowledge dialogue`: asks question by question at the terminal; what was answered is kept at once. */
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { withoutUndefined } from '#kernel/without-undefined';
import { type Command, type CommandContext, defineCommand, exitCodes, table } from '#platform/cli';

import * as contract from '../contract/index.ts';
import { entryTypeNameSchema } from '../core/exchange/import-record.ts';
import type { Knowledge } from '../knowledge.ts';

const define = defineCommand<Knowledge>();

type Context = Pick<CommandContext<Knowledge>, 'call' | 'out' | 'translator' | 'signal' | 'globals'>;

const dialogueCommand = define({
  words: ['knowledge', 'dialogue'],
  arguments: [{ name: 'id' }],
  options: [{ flags: '--type <type>' }],
  remote: true,
  input: z.object({ id: z.string().optional(), type: entryTypeNameSchema.optional() }),
  async run({ id, type }, context) {
    const { call, out, translator, globals } = context;
    const body = { lang: globals.language, ...withoutUndefined({ type }) };
    const dialogue =
      id === undefined
        ? await call(contract.startDialogue, { body })
        : await call(contract.readDialogue, { params: { id } });
    out.warn(translator.text('cli.knowledge.dialogue.how', { id: dialogue.id }));
    const answered = await askThrough(dialogue, context);
    if (answered.asked !== null) {
      out.result(answered, () => translator.text('cli.knowledge.dialogue.kept', { id: dialogue.id }));
      return exitCodes.partlyDone;
    }
    const entry = await call(contract.finishDialogue, { params: { id: dialogue.id } });
    out.result(entry, () => translator.text('cli.knowledge.dialogue.done', { title: entry.title, id: entry.id }));
    return exitCodes.done;
  },
});

const dialoguesCommand = define({
  words: ['knowledge', 'dialogues'],
  remote: true,
  input: z.object({}),
  async run(_input, { call, out, translator }) {
    const answer = await call(contract.listDialogues);
    out.result(answer, () =>
      answer.items.length === 0
        ? translator.text('cli.knowledge.dialogues.none')
        : table(
            answer.items.map(({ id, title, progress, updatedAt }) => [
              id,
              title ?? '–',
              `${progress} %`,
              translator.day(updatedAt),
            ]),
          ),
    );
    return exitCodes.done;
  },
});

export const dialogueCommands: ReadonlyArray<Command<Knowledge>> = [dialogueCommand, dialoguesCommand];

/** Until every question is answered, or nobody answers any more. */
async function askThrough(started: contract.DialogueView, context: Context): Promise<contract.DialogueView> {
  using lines = createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY, signal: context.signal });
  let dialogue = started;
  let again: string | undefined;
  let wording = 0;
  showQuestion(dialogue, again, wording, context);
  for await (const line of lines) {
    const said = line.trim();
    if (said === '' || said === '?') wording += 1;
    else {
      const before = again ?? dialogue.asked?.key;
      if (said === '<') again = previousOf(dialogue, before);
      else if (before !== undefined) {
        dialogue = await answer(dialogue, before, said, context);
        again = undefined;
      }
      wording = 0;
    }
    if (dialogue.asked === null && again === undefined) break;
    showQuestion(dialogue, again, wording, context);
  }
  return dialogue;
}

/** `-`: nobody knows. A number is one of the choices. */
async function answer(
  { id, asked }: contract.DialogueView,
  key: string,
  said: string,
  { call }: Context,
): Promise<contract.DialogueView> {
  const choice = asked?.key === key && /^\d+$/.test(said) ? asked.choices[Number(said) - 1]?.value : undefined;
  const text = said === '-' ? null : (choice ?? said);
  return await call(contract.answerDialogue, { params: { id, key }, body: { text } });
}

function previousOf({ answers }: contract.DialogueView, key: string | undefined): string | undefined {
  const place = answers.findIndex((one) => one.key === key);
  return place < 0 ? answers.at(-1)?.key : answers[Math.max(0, place - 1)]?.key;
}

function showQuestion(
  { asked, answers, progress, duplicates }: contract.DialogueView,
  again: string | undefined,
  wording: number,
  { out, translator }: Context,
): void {
  const former = answers.find(({ key }) => key === again);
  if (former !== undefined) {
    out.warn(translator.text('cli.knowledge.dialogue.again', { heading: former.heading, text: former.text ?? '–' }));
    return;
  }
  if (asked === null) return;
  for (const { title, id } of asked.key === 'type' ? duplicates : [])
    out.warn(translator.text('cli.knowledge.dialogue.duplicate', { title, id }));
  out.warn(`[${progress} %] ${asked.heading}: ${asked.wordings[wording % asked.wordings.length] ?? ''}`);
  for (const [index, { label }] of asked.choices.entries()) out.warn(`  ${index + 1}  ${label}`);
}
