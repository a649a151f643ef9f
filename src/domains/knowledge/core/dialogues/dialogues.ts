/**
 * An entry asked for question by question (K-100, K-108), without any AI: each answer belongs to the question it was given
 * to. Dialogues are kept, are their owner's alone, and end as a draft.
 */
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { IdSource } from '#kernel/ids';
import { DAY } from '#kernel/units';

import type { DialogueStep, DialogueView, EntryAdvice, EntryType, EntryView } from '../../contract/index.ts';
import { newEntrySchema } from '../../contract/index.ts';
import {
  deleteDialogue,
  deleteDialoguesBefore,
  dialoguesOf,
  findDialogue,
  putDialogue,
  type StoredDialogue,
} from '../../store/dialogue-store.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import type { Duplicates } from '../duplicates/duplicates.ts';
import { addEntry, type EntriesDeps, keptContent, viewOf, type Writer } from '../entries/entry-changes.ts';
import { writtenContent } from '../entries/publishing-rules.ts';
import type { WrittenText } from '../writing/advise.ts';
import {
  draftOf,
  isAnswered,
  nextQuestion,
  progressOf,
  type Question,
  questionsOf,
  withAnswer,
} from './dialogue-state.ts';
import { typeLabels } from './type-labels.ts';

export interface NewDialogue {
  readonly lang: 'ja' | 'en';
  readonly type?: EntryType | undefined;
}

export interface ListedDialogue {
  readonly id: string;
  readonly title: string | null;
  readonly progress: number;
  readonly updatedAt: string;
}

/** All of them throw KuraError `knowledge.dialogue-not-found` for those of others. */
export interface Dialogues {
  startDialogue(writer: Writer, dialogue: NewDialogue): Promise<DialogueView>;
  /** The writer's own, last continued first. */
  dialogues(writer: Writer): Promise<readonly ListedDialogue[]>;
  readDialogue(writer: Writer, id: string): Promise<DialogueView>;
  /**
   * @param text Null: nobody knows.
   * @throws KuraError `knowledge.no-such-question`, `knowledge.answer-needed`.
   */
  answerDialogue(
    writer: Writer,
    id: string,
    answer: { readonly key: string; readonly text: string | null },
  ): Promise<DialogueView>;
  removeDialogue(writer: Writer, id: string): Promise<void>;
  /** Its draft becomes an entry, and it is gone. @throws KuraError `knowledge.dialogue-unfinished`. */
  finishDialogue(writer: Writer, id: string): Promise<EntryView>;
}

export interface DialoguesDeps extends EntriesDeps {
  readonly ids: IdSource;
  readonly duplicates: Pick<Duplicates, 'duplicates'>;
  readonly advise: (reader: Writer, text: WrittenText) => Promise<EntryAdvice>;
}

const keptDays = 90;
const mostListed = 50;

export function createDialogues(deps: DialoguesDeps): Dialogues {
  const { database, unitOfWork, clock, ids, writer: entryWriter } = deps;

  async function find(actor: Writer, id: string): Promise<StoredDialogue> {
    const found = await findDialogue(database.tables<KnowledgeTables>(), actor.name, id);
    if (found === undefined) throw new KuraError('not-found', 'knowledge.dialogue-not-found', { params: { id } });
    return found;
  }

  return {
    async startDialogue(actor, { lang, type }) {
      const now = nowInstant(clock);
      const state = { lang, answers: type === undefined ? {} : { type } };
      const started = { id: ids.next(), person: actor.name, state, startedAt: now, updatedAt: now };
      await unitOfWork.write(actor, async (tx) => {
        const tables = tx.tables<KnowledgeTables>();
        await deleteDialoguesBefore(tables, new Date(clock.now() - keptDays * DAY).toISOString());
        await putDialogue(tables, started);
      });
      return await viewed(deps, actor, started);
    },

    async dialogues(actor) {
      const own = await dialoguesOf(database.tables<KnowledgeTables>(), actor.name, mostListed);
      return own.map(({ id, state, updatedAt }) => {
        return { id, title: state.answers['title'] ?? null, progress: progressOf(state), updatedAt };
      });
    },

    readDialogue: async (actor, id) => viewed(deps, actor, await find(actor, id)),

    async answerDialogue(actor, id, { key, text }) {
      await find(actor, id);
      const changed = await unitOfWork.write(actor, async (tx) => {
        const tables = tx.tables<KnowledgeTables>();
        const before = await findDialogue(tables, actor.name, id);
        if (before === undefined) throw new KuraError('not-found', 'knowledge.dialogue-not-found', { params: { id } });
        refuseMisplaced(before, key, text);
        const after = { ...before, state: withAnswer(before.state, key, text), updatedAt: nowInstant(clock) };
        await putDialogue(tables, after);
        return after;
      });
      return await viewed(deps, actor, changed);
    },

    async removeDialogue(actor, id) {
      await find(actor, id);
      await unitOfWork.write(actor, async (tx) => deleteDialogue(tx.tables<KnowledgeTables>(), id));
    },

    async finishDialogue(actor, id) {
      await find(actor, id);
      return await unitOfWork.write(actor, async (tx) => {
        const tables = tx.tables<KnowledgeTables>();
        const dialogue = await findDialogue(tables, actor.name, id);
        if (dialogue === undefined)
          throw new KuraError('not-found', 'knowledge.dialogue-not-found', { params: { id } });
        const entry = newEntryOf(dialogue);
        const content = await keptContent(tx, deps, writtenContent(entry, undefined));
        const added = await addEntry(tx, entryWriter, { content });
        await deleteDialogue(tables, id);
        return viewOf(added);
      });
    },
  };
}

/** @throws KuraError `knowledge.dialogue-unfinished` until enough is known for a draft. */
function newEntryOf({ id, state }: StoredDialogue) {
  const read = newEntrySchema.safeParse({ ...draftOf(state), status: 'draft', lang: state.lang });
  const open = nextQuestion(state);
  if (read.success && open === undefined) return read.data;
  throw new KuraError('conflict', 'knowledge.dialogue-unfinished', { params: { id, heading: open?.heading ?? '' } });
}

/** @throws KuraError `knowledge.no-such-question`, `knowledge.answer-needed`. */
function refuseMisplaced({ state }: StoredDialogue, key: string, text: string | null): void {
  const question = questionsOf(state).find((one) => one.key === key);
  if (question === undefined) throw new KuraError('not-found', 'knowledge.no-such-question', { params: { key } });
  const isType = key !== 'type' || (text !== null && Object.hasOwn(typeLabels.ja, text));
  if ((text === null && question.isNeeded) || !isType)
    throw new KuraError('invalid', 'knowledge.answer-needed', { params: { heading: question.heading } });
}

async function viewed(
  deps: DialoguesDeps,
  actor: Writer,
  { id, state, startedAt, updatedAt }: StoredDialogue,
): Promise<DialogueView> {
  const draft = draftOf(state);
  const open = nextQuestion(state);
  const advice = draft.title === '' ? undefined : await deps.advise(actor, { ...draft, type: undefined });
  const near = draft.title === '' ? [] : await deps.duplicates.duplicates(actor, draft);
  return {
    id,
    lang: state.lang,
    startedAt,
    updatedAt,
    progress: progressOf(state),
    asked: open === undefined ? null : { ...stepOf(open), choices: choicesOf(open, state.lang, advice) },
    answers: questionsOf(state).flatMap(({ key, heading }) =>
      isAnswered(state, key) ? [{ key, heading, text: state.answers[key] ?? null }] : [],
    ),
    draft,
    duplicates: near.map(({ id: other, title, type, status }) => ({ id: other, title, type, status })),
  };
}

function stepOf({ key, heading, wordings }: Question): Omit<DialogueStep, 'choices'> {
  return { key, heading, wordings };
}

/** What is likely first; nothing is chosen by itself. */
function choicesOf({ key }: Question, lang: 'ja' | 'en', advice: EntryAdvice | undefined): DialogueStep['choices'] {
  if (key === 'tags') return (advice?.tags ?? []).map((tag) => ({ value: tag, label: tag }));
  if (key !== 'type') return [];
  const likely = (advice?.types ?? []).map(({ type }) => type);
  const labels = Object.entries(typeLabels[lang]);
  return labels
    .map(([value, label]) => ({ value, label }))
    .toSorted((a, b) => placeOf(likely, a.value) - placeOf(likely, b.value));
}

function placeOf(likely: readonly string[], value: string): number {
  const place = likely.indexOf(value);
  return place < 0 ? likely.length : place;
}
