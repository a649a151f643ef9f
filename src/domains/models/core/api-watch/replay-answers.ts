import {
  type AnswerShape,
  type ApiChange,
  changeKey,
  compareShapes,
  emptyShape,
  impacts,
  judgeAnswer,
  learnShape,
  mergeShapes,
} from '#engines/civitai';
import type { Database } from '#platform/db';

import { readShape } from '../../store/api-watch-store.ts';
import type { RecordedAnswers } from './read-recorded-answers.ts';

export interface ReplayedAnswers {
  readonly answers: number;
  /** Worst first, each once. */
  readonly changes: ReadonlyArray<{ readonly change: ApiChange; readonly files: readonly string[] }>;
  /** Endpoints nothing was learned of, so nothing could be judged but whether there was data. */
  readonly unknown: readonly string[];
  readonly skipped: RecordedAnswers['skipped'];
}

export async function replayAnswers(
  database: Database,
  recorded: RecordedAnswers['answers'],
): Promise<Omit<ReplayedAnswers, 'skipped'>> {
  const found = new Map<string, { readonly change: ApiChange; readonly files: Set<string> }>();
  function note(change: ApiChange, file: string | undefined): void {
    const known = found.get(changeKey(change)) ?? { change, files: new Set<string>() };
    if (file !== undefined) known.files.add(file);
    found.set(changeKey(change), known);
  }
  const unknown: string[] = [];
  for (const [endpoint, group] of Map.groupBy(recorded, ({ answer }) => answer.endpoint)) {
    const learned = await readShape(database, endpoint);
    if (learned === undefined) unknown.push(endpoint);
    let together: AnswerShape = emptyShape;
    for (const { answer, file } of group) {
      for (const change of judgeAnswer(learned ?? emptyShape, answer)) note(change, file);
      together = mergeShapes(together, learnShape(answer));
    }
    for (const change of compareShapes(endpoint, learned ?? emptyShape, together)) note(change, undefined);
  }
  const changes = [...found.values()].map(({ change, files }) => ({ change, files: [...files] }));
  changes.sort((a, b) => impacts.indexOf(b.change.impact) - impacts.indexOf(a.change.impact));
  return { answers: recorded.length, changes, unknown };
}
