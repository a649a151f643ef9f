/**
 * How often the proposed type of a text is right: of notes that were written for this and are used for nothing else, and of
 * the texts of the search set by cross-validation, where four fifths of them are saved and the rest is asked.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newEntrySchema } from '#knowledge/contract';
import { testActor } from '#platform/unit-of-work/testing';
import { everyReader, type OpenKnowledge, openKnowledge } from '../src/domains/knowledge/testing/open-knowledge.ts';
import { readTypeNotes, type TypeNote } from '../src/domains/knowledge/testing/type-notes.ts';
import { readQualityTexts } from '../src/engines/lexis/testing/quality-set.ts';

interface Judged {
  readonly note: TypeNote;
  readonly proposed: readonly string[];
}

const folds = 5;
const folder = await mkdtemp(join(tmpdir(), 'kura-bench-types-'));
try {
  const notes = readTypeNotes();
  console.log('| texts | taught by | number | first | first two | a tag right | a tag known |');
  console.log('| --- | --- | ---: | ---: | ---: | ---: | ---: |');
  await using empty = await openKnowledge(`sqlite:${join(folder, 'empty.sqlite')}`);
  const judged = await judgeAll(empty, notes);
  print('notes', 'nobody', judged);
  for (const { note, proposed } of judged) {
    if (proposed[0] !== note.type && process.argv.includes('--misses'))
      console.log(`    ${note.type} → ${proposed.join(', ')}: ${note.title}`);
  }
  const taught: Judged[] = [];
  const texts = readQualityTexts();
  const tagsRight: boolean[] = [];
  // No more can be proposed than what another text has.
  const tagsKnown: boolean[] = [];
  for (let fold = 0; fold < folds; fold += 1) {
    await using open = await openKnowledge(`sqlite:${join(folder, `${fold}.sqlite`)}`);
    const teaching = texts.filter((_, place) => place % folds !== fold);
    for (const { type, tags, title, body } of teaching)
      await open.knowledge.create(testActor, newEntrySchema.parse({ type, tags, title, body }));
    for (const text of texts.filter((_, place) => place % folds === fold)) {
      const advice = await open.knowledge.advise(everyReader, { title: text.title, body: text.body, tags: [] });
      taught.push({ note: text, proposed: advice.types.map(({ type }) => type) });
      tagsRight.push(text.tags.some((tag) => advice.tags.slice(0, 3).includes(tag)));
      tagsKnown.push(text.tags.some((tag) => teaching.some(({ tags }) => tags.includes(tag))));
    }
  }
  print('search set', 'the other four fifths', taught, [tagsRight, tagsKnown]);
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function judgeAll(open: OpenKnowledge, notes: readonly TypeNote[]): Promise<readonly Judged[]> {
  const judged: Judged[] = [];
  for (const note of notes) {
    const { types } = await open.knowledge.advise(everyReader, { title: note.title, body: note.body, tags: [] });
    judged.push({ note, proposed: types.map(({ type }) => type) });
  }
  return judged;
}

function print(
  texts: string,
  by: string,
  judged: readonly Judged[],
  tags: ReadonlyArray<readonly boolean[]> = [],
): void {
  const first = judged.filter(({ note, proposed }) => proposed[0] === note.type);
  const two = judged.filter(({ note, proposed }) => proposed.slice(0, 2).includes(note.type));
  const ofTags = tags.length === 0 ? ['–', '–'] : tags.map((ones) => share(ones.filter(Boolean), ones));
  const cells = [texts, by, judged.length, share(first, judged), share(two, judged), ...ofTags];
  console.log(`| ${cells.join(' | ')} |`);
}

function share(part: readonly unknown[], of: readonly unknown[]): string {
  return (part.length / of.length).toFixed(3);
}
