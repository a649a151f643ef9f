/** The knowledge base: what this domain can do for others. */
import { dirname } from 'node:path';

import type { Clock, Random } from '#kernel/clock';
import type { IdSource } from '#kernel/ids';
import type { Database } from '#platform/db';
import type { HandledJob } from '#platform/jobs';
import type { UnitOfWork } from '#platform/unit-of-work';

import type { EntryAdvice, Recurrence, TextSummary } from './contract/index.ts';
import { type Conversations, createConversations } from './core/asking/conversations.ts';
import { type EscalationRules, noEscalation } from './core/asking/escalation.ts';
import { createWrittenAnswers, type WrittenAnswers } from './core/asking/written-answers.ts';
import { createAttachmentFiles } from './core/attachments/attachment-files.ts';
import {
  type AttachmentRules,
  type Attachments,
  createAttachments,
  type FileScan,
} from './core/attachments/attachments.ts';
import { clearDaily, clearingHandler } from './core/clearing/clear-daily.ts';
import { createDialogues, type Dialogues } from './core/dialogues/dialogues.ts';
import { createDuplicateQueue, type DuplicateQueue, duplicatesHandler } from './core/duplicates/duplicate-queue.ts';
import { createDuplicates, type Duplicates } from './core/duplicates/duplicates.ts';
import { createEntries, type Entries } from './core/entries/entries.ts';
import { createEntryHistory, type EntryHistory } from './core/entries/entry-history.ts';
import { createEntryLife, type EntryLife } from './core/entries/entry-life.ts';
import { createEntryWriter } from './core/entries/entry-writer.ts';
import { type ListedEntries, type ListRequest, listEntries } from './core/entries/list-entries.ts';
import { type KnowledgeRules, usualRules } from './core/entries/publishing-rules.ts';
import { personsOf, type Reader } from './core/entries/reading-scope.ts';
import { createExchange, type Exchange } from './core/exchange/exchange.ts';
import { createFaq, type Faq } from './core/faq/faq.ts';
import { createFaqCandidates, type FaqCandidates } from './core/faq/faq-candidates.ts';
import type { PersonNamed } from './core/feedback/assignee.ts';
import { createFeedback, type Feedback } from './core/feedback/feedback.ts';
import { createEntryFindings, type EntryFindings } from './core/findings/entry-findings.ts';
import { createGitSync, type GitSync } from './core/git-sync/git-sync.ts';
import { findRecurrences } from './core/links/find-recurrences.ts';
import { createLinks, type Links } from './core/links/links.ts';
import { createFinding, type Finding } from './core/search/finding.ts';
import { createSystemFeedback, type SystemFeedbackDesk } from './core/system-feedback/system-feedback.ts';
import { createTags, type Tags } from './core/tags/tags.ts';
import { type Curation, createCuration, curationHandler } from './core/usage/curation.ts';
import { createEntryUsages, type EntryUsages } from './core/usage/entry-usage.ts';
import { createUsageReports, type UsageReports } from './core/usage/usage-reports.ts';
import { createUseNotes, type SearchedPage, type UsedEntry } from './core/usage/use-notes.ts';
import { createFollowing, type Following } from './core/watches/tell-followers.ts';
import { createWatches, type Watches } from './core/watches/watches.ts';
import { advise, type WrittenText } from './core/writing/advise.ts';
import { summarise } from './core/writing/summarise.ts';
import type { AnswerWriter, GitFolder } from './ports.ts';
import { searchIndexOf } from './store/search-index-of.ts';

export interface Knowledge
  extends Entries,
    EntryHistory,
    EntryLife,
    Attachments,
    Links,
    Tags,
    Feedback,
    Duplicates,
    DuplicateQueue,
    EntryFindings,
    SystemFeedbackDesk,
    Watches,
    Faq,
    FaqCandidates,
    Dialogues,
    Conversations,
    WrittenAnswers,
    Finding,
    Exchange,
    GitSync,
    UsageReports,
    Curation,
    Following,
    EntryUsages,
    AsyncDisposable {
  readonly jobHandlers: readonly HandledJob[];
  /** Removes for good what was removed long enough ago, and old conversations; a job does it once a day. */
  clearDaily(): Promise<void>;
  /** A search of somebody at a page; the id by which openings refer to it, unless it is not noted. */
  noteSearch(person: string, searched: SearchedPage): string | undefined;
  /** @throws KuraError `knowledge.entry-not-found`. */
  noteUse(reader: Reader, reference: string, used: Omit<UsedEntry, 'entryId' | 'isOwn'>): Promise<void>;
  /** Groups of incidents alike of the last `days` days that no problem explains altogether. */
  recurrences(reader: Reader, days: number): Promise<readonly Recurrence[]>;
  /** @throws KuraError `knowledge.bad-cursor`. */
  list(reader: Reader, request: ListRequest): Promise<ListedEntries>;
  /** The folder that the settings name. */
  syncedFolder(): string | undefined;
  /**
   * Sentences of the text that tell what it is about.
   * @throws KuraError `knowledge.entry-not-found`.
   */
  summary(reader: Reader, reference: string): Promise<TextSummary>;
  /** On a text that is being written; changes nothing. */
  advise(reader: Reader, text: WrittenText): Promise<EntryAdvice>;
}

export interface KnowledgeDeps {
  readonly database: Database;
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  readonly ids: IdSource;
  /** Whether searches that find nothing are added up; yes when left out. */
  readonly noteUnanswered?: () => boolean;
  /** For how many days searches and uses on pages are kept; 0 notes none. Default: 90. */
  readonly usageDays?: () => number;
  readonly random: Random;
  /** Default: no question needs a person. */
  readonly escalation?: () => EscalationRules;
  /** Default: `usualRules`. */
  readonly rules?: () => KnowledgeRules;
  /** Somebody to give work to; absent: every name is taken as it is. */
  readonly personNamed?: PersonNamed;
  /** Where the bytes of attachments stand; made with the first. */
  readonly attachmentFolder: string;
  /** Default: 20 MiB a file. */
  readonly attachmentRules?: () => AttachmentRules;
  /** Absent, which is usual: answers are passages word for word, and nothing else. */
  readonly answerWriter?: AnswerWriter | undefined;
  /** How often the writer may be asked on a day; 200 when left out. */
  readonly writerCallsPerDay?: () => number;
  /** Absent: nobody looks for viruses. */
  readonly scanFile?: FileScan | undefined;
  /** Absent: nothing is kept the same with a folder. */
  readonly git?: GitFolder | undefined;
  /** The folder under git that the settings name. */
  readonly syncedFolder?: () => string | undefined;
}

export function createKnowledge(deps: KnowledgeDeps): Knowledge {
  const { database } = deps;
  const index = searchIndexOf(database.dialect);
  const writer = createEntryWriter({ ...deps, index });
  const files = createAttachmentFiles(deps.attachmentFolder);
  const attachmentRules = deps.attachmentRules ?? (() => ({ mostMiB: 20 }));
  const changing = { ...deps, writer, files, attachmentRules, rules: deps.rules ?? (() => usualRules) };
  const entries = createEntries(changing);
  const attachments = createAttachments(changing, entries);
  const faq = createFaq(changing);
  const duplicates = createDuplicates({ ...changing, index }, entries);
  const duplicateQueue = createDuplicateQueue({ ...changing, index });
  const isNoted = deps.noteUnanswered ?? (() => true);
  const keepDays = deps.usageDays ?? (() => usualUsageDays);
  const notes = createUseNotes({ ...deps, keepDays });
  const escalation = deps.escalation ?? (() => noEscalation);
  const reports = createUsageReports({ ...deps, notes, isNoted: () => keepDays() > 0 });
  const curation = createCuration(deps, reports);
  const finding = createFinding({ ...changing, index, entries, faq, isNoted, escalation });
  return {
    ...entries,
    ...createEntryHistory(changing, entries),
    ...createEntryLife(changing),
    ...attachments,
    ...createLinks(changing, entries),
    ...createTags(changing),
    ...createFeedback({ ...changing, personNamed: deps.personNamed }, entries),
    ...duplicates,
    ...duplicateQueue,
    ...createEntryFindings(changing, entries),
    ...createSystemFeedback(deps),
    ...createWatches(changing, entries),
    ...faq,
    ...createFaqCandidates({ ...changing, index }),
    ...createDialogues({ ...changing, duplicates, advise: (reader, text) => advise({ ...deps, index }, reader, text) }),
    ...finding,
    ...createConversations({ ...changing, finding, escalation }),
    ...createWrittenAnswers({ ...deps, finding }),
    ...createExchange({ ...changing, attachments }),
    ...createGitSync({ ...changing, attachments, git: deps.git, lockFolder: dirname(deps.attachmentFolder) }),
    ...reports,
    ...curation,
    ...createFollowing(deps),
    ...createEntryUsages({ ...deps, notes, keepDays }, entries),
    jobHandlers: [clearingHandler(changing), duplicatesHandler(duplicateQueue), curationHandler(curation)],
    clearDaily: () => clearDaily(changing),
    noteSearch: (person, searched) => notes.search(person, searched),
    noteUse: async (reader, reference, used) => {
      const entry = await entries.find(reader, reference);
      notes.use(reader.name, { ...used, entryId: entry.id, isOwn: personsOf(entry).includes(reader.name) });
    },
    recurrences: (reader, days) => findRecurrences(deps, reader, days),
    list: (reader, request) => listEntries(database, reader, request),
    advise: (reader, text) => advise({ ...deps, index }, reader, text),
    summary: async (reader, reference) => summarise(await entries.find(reader, reference)),
    syncedFolder: () => deps.syncedFolder?.(),
    [Symbol.asyncDispose]: () => notes[Symbol.asyncDispose](),
  };
}

const usualUsageDays = 90;
