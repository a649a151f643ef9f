/** What was asked and answered; which question comes next follows from it alone. */
import { z } from 'zod';

import {
  bodySchema,
  type EntryType,
  entryTemplates,
  entryTypeSchema,
  longestTitle,
  tagsSchema,
  titleSchema,
} from '../../contract/index.ts';
import { questionTexts } from './question-texts.ts';

export const dialogueStateSchema = z.object({
  lang: z.enum(['ja', 'en']),
  /** Each question once, in the order of the questions; null: nobody knows. */
  answers: z.record(z.string(), z.string().nullable()),
});
export type DialogueState = z.output<typeof dialogueStateSchema>;

export interface Question {
  readonly key: string;
  readonly heading: string;
  readonly wordings: readonly string[];
  /** An entry cannot be without it. */
  readonly isNeeded: boolean;
}

/** Title and type first: the type decides which sections are asked for. */
export function questionsOf(state: DialogueState): readonly Question[] {
  const texts = questionTexts[state.lang];
  const type = typeOf(state);
  const sections = type === undefined ? [] : entryTemplates[state.lang][type].sections;
  return [
    { key: 'title', isNeeded: true, ...texts.title },
    { key: 'type', isNeeded: true, ...texts.type },
    ...sections.map(({ heading, hint }, index) => ({
      key: `section-${index + 1}`,
      heading,
      wordings: [hint, ...texts.section(heading)],
      isNeeded: false,
    })),
    { key: 'tags', isNeeded: false, ...texts.tags },
  ];
}

export function nextQuestion(state: DialogueState): Question | undefined {
  return questionsOf(state).find(({ key }) => !isAnswered(state, key));
}

export function isAnswered({ answers }: DialogueState, key: string): boolean {
  return Object.hasOwn(answers, key);
}

/** In percent. Before the type is known, as many sections are expected as most types have. */
export function progressOf(state: DialogueState): number {
  const questions = questionsOf(state);
  const expected = typeOf(state) === undefined ? questions.length + usualSections : questions.length;
  const answered = questions.filter(({ key }) => isAnswered(state, key)).length;
  return Math.round((answered / expected) * 100);
}

const usualSections = 4;

/** With the sections of another type, what was said of the former ones says nothing any more but stays in the text. */
export function withAnswer(state: DialogueState, key: string, text: string | null): DialogueState {
  const answers = { ...state.answers, [key]: text };
  if (key !== 'type' || state.answers['type'] === text) return { ...state, answers };
  const told = sectionsOf(state).flatMap((section) => section.text ?? []);
  const kept = Object.entries(answers).filter(([name]) => !name.startsWith('section-'));
  const first = told.length === 0 ? [] : [['section-1', told.join('\n\n')] as const];
  return { ...state, answers: Object.fromEntries([...kept, ...first]) };
}

export function typeOf({ answers }: DialogueState): EntryType | undefined {
  const read = entryTypeSchema.safeParse(answers['type']);
  return read.success ? read.data : undefined;
}

export interface Draft {
  readonly title: string;
  readonly type: EntryType;
  readonly tags: readonly string[];
  readonly body: string;
}

/** What the answers make of an entry so far; the words are those of who answered. */
export function draftOf(state: DialogueState): Draft {
  const { unknown } = questionTexts[state.lang];
  const body = sectionsOf(state)
    .map(({ heading, text }) => `## ${heading}\n\n${text ?? `_${unknown}_`}`)
    .join('\n\n');
  const title = titleSchema.safeParse((state.answers['title'] ?? '').slice(0, longestTitle));
  const read = bodySchema.safeParse(body);
  return {
    title: title.success ? title.data : '',
    type: typeOf(state) ?? 'other',
    tags: tagsOf(state),
    body: read.success ? read.data : '',
  };
}

function sectionsOf(state: DialogueState): ReadonlyArray<{ readonly heading: string; readonly text: string | null }> {
  return questionsOf(state).flatMap(({ key, heading }) =>
    key.startsWith('section-') && isAnswered(state, key) ? [{ heading, text: state.answers[key] ?? null }] : [],
  );
}

function tagsOf({ answers }: DialogueState): readonly string[] {
  const written = (answers['tags'] ?? '').split(/[,、\n]/).filter((tag) => tag.trim() !== '');
  const read = tagsSchema.safeParse(written);
  return read.success ? read.data : [];
}
