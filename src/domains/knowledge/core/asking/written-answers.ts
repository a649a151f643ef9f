/**
 * An answer in a few sentences, written by a model from passages that were found and from nothing else (K-094…K-098). Only
 * where one is configured; each sentence must cite passages that hold it, or it is left out. What was written is kept by
 * question and passages: a reader who may see others, or an entry that changed, gets another answer. Failures are not kept.
 */
import { createHash } from 'node:crypto';

import { normalise } from '#engines/lexis';
import type { Clock } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { Database } from '#platform/db';
import type { UnitOfWork } from '#platform/unit-of-work';

import type { Passage, WrittenAnswer } from '../../contract/index.ts';
import type { AnswerWriter } from '../../ports.ts';
import { findEntries } from '../../store/entry-store.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import { takeWriterCall, writerCallsOn } from '../../store/writer-call-store.ts';
import type { Writer } from '../entries/entry-changes.ts';
import { isOpenToReaders } from '../entries/reading-scope.ts';
import type { Finding } from '../search/finding.ts';
import { dayOf } from '../usage/period.ts';
import type { Question } from './ask-knowledge.ts';
import { isHeldBy } from './held-by-passages.ts';
import { sendableText } from './sendable-text.ts';

export interface WrittenAnswers {
  /** Undefined: none is configured. */
  answerWriter(): Promise<{ readonly model: string; readonly host: string; readonly left: number } | undefined>;
  /**
   * @throws KuraError `knowledge.no-writer`, `knowledge.nothing-to-write-from`, `knowledge.writer-limit`; as
   * `AnswerWriter.write`.
   */
  writeAnswer(actor: Writer, question: Question, signal: AbortSignal): Promise<WrittenAnswer>;
}

export interface WrittenAnswersDeps {
  readonly database: Database;
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  readonly finding: Pick<Finding, 'ask'>;
  readonly answerWriter?: AnswerWriter | undefined;
  /** How often it may be asked on a day (UTC). */
  readonly writerCallsPerDay?: () => number;
}

type Kept = Pick<WrittenAnswer, 'sentences' | 'dropped'>;

/** Answers a process keeps; the one asked for longest ago goes first. */
const mostKept = 500;

export function createWrittenAnswers(deps: WrittenAnswersDeps): WrittenAnswers {
  const { database, clock, finding, answerWriter, writerCallsPerDay = () => usualCalls } = deps;
  const kept = new Map<string, Kept>();

  return {
    async answerWriter() {
      if (answerWriter === undefined) return undefined;
      const { model, host } = answerWriter;
      const calls = await writerCallsOn(database.tables<KnowledgeTables>(), dayOf(clock.now()));
      return { model, host, left: Math.max(0, writerCallsPerDay() - calls) };
    },

    async writeAnswer(actor, question, signal) {
      if (answerWriter === undefined) throw new KuraError('conflict', 'knowledge.no-writer');
      const start = clock.monotonic();
      const found = await finding.ask(actor, question);
      const passages = await openOnes(database, found.passages);
      if (passages.length === 0) throw new KuraError('not-found', 'knowledge.nothing-to-write-from');
      const key = keyOf(answerWriter.model, question.q, passages);
      const before = kept.get(key);
      const answer =
        before ??
        (await written(deps, answerWriter, {
          actor,
          question: question.q,
          passages,
          signal,
          most: writerCallsPerDay(),
        }));
      kept.delete(key);
      kept.set(key, answer);
      for (const [oldest] of kept) {
        if (kept.size <= mostKept) break;
        kept.delete(oldest);
      }
      return {
        ...answer,
        model: answerWriter.model,
        passages,
        withheld: found.passages.length - passages.length,
        cached: before !== undefined,
        ms: Math.round(clock.monotonic() - start),
      };
    },
  };
}

const usualCalls = 200;

/** Of entries that every reader may see. */
async function openOnes(database: Database, passages: readonly Passage[]): Promise<readonly Passage[]> {
  const ids = [...new Set(passages.map(({ entry }) => entry.id))];
  const entries = await findEntries(database.tables<KnowledgeTables>(), 'id', ids);
  const sendable = new Set(entries.filter(isOpenToReaders).map(({ id }) => id));
  return passages.filter(({ entry }) => sendable.has(entry.id));
}

async function written(
  { unitOfWork, clock }: Pick<WrittenAnswersDeps, 'unitOfWork' | 'clock'>,
  writer: AnswerWriter,
  { actor, question, passages, signal, most }: Asked,
): Promise<Kept> {
  await unitOfWork.write(actor, async (tx) => {
    const call = { day: dayOf(clock.now()), most };
    if (!(await takeWriterCall(tx.tables<KnowledgeTables>(), call)))
      throw new KuraError('limit', 'knowledge.writer-limit', { params: { most } });
    await tx.audit({
      action: 'knowledge.write-answer',
      subject: { kind: 'answer-writer', id: writer.host },
      result: 'done',
      after: { model: writer.model, passages: passages.length },
    });
  });
  const texts = passages.map(({ entry, heading, text }) => ({
    title: sendableText(heading === null ? entry.title : `${entry.title} – ${heading}`),
    text: sendableText(text),
  }));
  const numbered = texts.map((one, index) => ({ number: index + 1, ...one }));
  const sentences = await writer.write({ question: sendableText(question), passages: numbered }, signal);
  const held = sentences.flatMap(({ text, cites }) => {
    const places = [...new Set(cites)].map((number) => number - 1).filter((place) => texts[place] !== undefined);
    const cited = places.map((place) => `${texts[place]?.title}\n${texts[place]?.text}`);
    return isHeldBy(text, cited) ? [{ text, passages: places }] : [];
  });
  return { sentences: held, dropped: sentences.length - held.length };
}

interface Asked {
  readonly actor: Writer;
  readonly question: string;
  readonly passages: readonly Passage[];
  readonly signal: AbortSignal;
  /** Calls of a day. */
  readonly most: number;
}

/** The texts are in it: what changed, and what somebody else may see, is another key. */
function keyOf(model: string, question: string, passages: readonly Passage[]): string {
  const texts = passages.map(({ entry, heading, text }) => [entry.id, entry.title, heading, text]);
  return createHash('sha256')
    .update(JSON.stringify([model, normalise(question.trim()).text, texts]))
    .digest('base64url');
}
