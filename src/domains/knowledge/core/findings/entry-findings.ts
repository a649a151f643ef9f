/** What an entry lacks or should not hold, seen in its text whenever somebody looks, with what people said of it (K-011). */
import { createHash } from 'node:crypto';

import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { ReadTables } from '#platform/db';

import {
  type EntryFinding,
  type FindingKind,
  type FindingSeverity,
  type FindingState,
  findingSeverities,
} from '../../contract/index.ts';
import { findingMarksOf, putFindingMark } from '../../store/finding-mark-store.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import type { EntriesWithPlaces } from '../entries/entries.ts';
import { type EntriesDeps, entryIn, subjectOf, type Writer } from '../entries/entry-changes.ts';
import type { Entry } from '../entries/entry-content.ts';
import type { Reader } from '../entries/reading-scope.ts';
import { findPersonal } from '../writing/personal-data.ts';
import { findSecrets, findSections } from '../writing/text-findings.ts';

export interface EntryFindings {
  /** The worst first. @throws KuraError `knowledge.entry-not-found`. */
  findings(reader: Reader, reference: string): Promise<readonly EntryFinding[]>;
  /** @throws KuraError `knowledge.entry-not-found`, `knowledge.finding-not-there`. */
  markFinding(writer: Writer, mark: GivenMark): Promise<readonly EntryFinding[]>;
}

interface GivenMark {
  readonly id: string;
  readonly finding: string;
  readonly state: FindingState;
  readonly note?: string | undefined;
}

type Found = Pick<EntryFinding, 'id' | 'kind' | 'severity' | 'heading' | 'hint' | 'line'>;

export function createEntryFindings(deps: EntriesDeps, entries: Pick<EntriesWithPlaces, 'find'>): EntryFindings {
  const { database, unitOfWork, clock } = deps;
  return {
    async findings(reader, reference) {
      return await withMarks(database.tables<KnowledgeTables>(), await entries.find(reader, reference));
    },

    async markFinding(actor, { id: reference, finding, state, note }) {
      const { id } = await entries.find(actor, reference);
      return await unitOfWork.write(actor, async (tx) => {
        const tables = tx.tables<KnowledgeTables>();
        const entry = await entryIn(tx, actor, id);
        const found = foundIn(entry).find((one) => one.id === finding);
        if (found === undefined)
          throw new KuraError('not-found', 'knowledge.finding-not-there', { params: { finding } });
        await putFindingMark(tables, id, { finding, state, note: note ?? null, at: nowInstant(clock), by: actor.name });
        await tx.audit({
          action: 'knowledge.mark-finding',
          subject: subjectOf(entry),
          result: 'done',
          // Without the fingerprint: a short password could be guessed from it by who may not read the entry.
          after: { kind: found.kind, heading: found.heading, state },
        });
        return await withMarks(tables, entry);
      });
    },
  };
}

async function withMarks(reads: ReadTables<KnowledgeTables>, entry: Entry): Promise<readonly EntryFinding[]> {
  const marks = new Map((await findingMarksOf(reads, entry.id)).map((mark) => [mark.finding, mark]));
  return foundIn(entry).map((found) => {
    const mark = marks.get(found.id);
    return {
      ...found,
      state: mark?.state ?? 'open',
      note: mark?.note ?? null,
      markedAt: mark?.at ?? null,
      markedBy: mark?.by ?? null,
    };
  });
}

const worst: ReadonlyMap<FindingKind, FindingSeverity> = new Map([
  ['private-key', 'error'],
  ['password', 'error'],
  ['token', 'error'],
  ['no-rollback', 'warning'],
  ['my-number', 'warning'],
  ['card-number', 'warning'],
]);
const rollback = new Set(['切り戻し', 'Rollback']);

function foundIn({ body, type, lang }: Entry): readonly Found[] {
  const lines = body.split('\n');
  const sections = findSections(body, type, lang === 'ja' ? 'ja' : 'en').flatMap(({ heading, hint, state }) => {
    if (state === 'there' || state === 'mentioned') return [];
    const kind: FindingKind = rollback.has(heading) ? 'no-rollback' : `${state}-section`;
    return [{ id: `section ${heading}`, kind, heading, hint, line: null }];
  });
  const held = [...findSecrets(body), ...findPersonal(body)].map(({ line, kind }) => ({
    id: `${kind} ${fingerprint(lines[line - 1] ?? '')}`,
    kind,
    heading: null,
    hint: null,
    line,
  }));
  const found = [...held, ...sections].map((one) => ({ ...one, severity: worst.get(one.kind) ?? ('info' as const) }));
  const each = [...new Map(found.toReversed().map((one) => [one.id, one])).values()].toReversed();
  return each.toSorted((a, b) => findingSeverities.indexOf(b.severity) - findingSeverities.indexOf(a.severity));
}

/** Of the line, so that a finding is the same wherever the line moves. */
function fingerprint(line: string): string {
  return createHash('sha256').update(line.trim()).digest('hex').slice(0, 16);
}
