/** Everything people find by words, with a note of what nobody could answer. */
import type {
  KnowledgeAnswer,
  RelatedEntry,
  SearchAnswer,
  Suggestions,
  UnansweredSearch,
} from '../../contract/index.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import { listUnanswered } from '../../store/unanswered-store.ts';
import { askKnowledge, type Question } from '../asking/ask-knowledge.ts';
import { type EscalationRules, escalationOf } from '../asking/escalation.ts';
import type { EntriesWithPlaces } from '../entries/entries.ts';
import { type Reader, scopeOf } from '../entries/reading-scope.ts';
import type { Faq } from '../faq/faq.ts';
import { readTagNames } from '../tags/tag-names.ts';
import { type ComparedText, type RelatedRequest, relatedEntries } from './related-entries.ts';
import { searchKnowledge } from './search-knowledge.ts';
import type { SearchDeps, SearchRequest } from './search-request.ts';
import { type SuggestionRequest, suggestKnowledge } from './suggest-knowledge.ts';
import { type NoteDeps, noteUnanswered } from './unanswered-searches.ts';

export interface Finding {
  /** What was committed before is found, what was removed before is not. */
  search(reader: Reader, request: SearchRequest): Promise<SearchAnswer>;
  /** Passages word for word and questions that were answered before, or that nothing was found. */
  ask(reader: Reader, question: Question, how?: AskedHow): Promise<KnowledgeAnswer>;
  /** While somebody types. */
  suggest(reader: Reader, request: SuggestionRequest): Promise<Suggestions>;
  /** By id as `read`. @throws KuraError `knowledge.entry-not-found`. */
  related(reader: Reader, reference: string, request: RelatedRequest): Promise<readonly RelatedEntry[]>;
  /** As `related`, of a text that is no entry yet. */
  relatedTo(reader: Reader, text: ComparedText, request: RelatedRequest): Promise<readonly RelatedEntry[]>;
  /** What was searched for and not found, the most frequent first. */
  unanswered(limit: number): Promise<{ readonly noted: boolean; readonly items: readonly UnansweredSearch[] }>;
}

export interface AskedHow {
  /** When nothing is found, that is not noted: another way of asking follows. */
  readonly quiet?: boolean;
}

export interface FindingDeps extends SearchDeps, NoteDeps {
  readonly entries: Pick<EntriesWithPlaces, 'find'>;
  readonly faq: Pick<Faq, 'faq'>;
  /** Whether searches that find nothing are added up. */
  readonly isNoted: () => boolean;
  readonly escalation: () => EscalationRules;
}

export function createFinding(deps: FindingDeps): Finding {
  const { database, entries, faq, isNoted, escalation } = deps;

  async function asked<Request extends object>(reader: Reader, request: Request) {
    const tagNames = await readTagNames(database.tables<KnowledgeTables>());
    return { ...request, scope: scopeOf(reader), tagNames };
  }

  return {
    async search(reader, request) {
      const answer = await searchKnowledge(deps, await asked(reader, request));
      if (answer.total === 0 && isNoted()) await noteUnanswered(deps, request, answer);
      return answer;
    },

    async ask(reader, question, { quiet = false } = {}) {
      const { answer, search } = await askKnowledge(deps, await asked(reader, question));
      const { items } = await faq.faq(reader, { q: question.q, status: 'active', limit: question.limit });
      if (!answer.found && items.length === 0 && !quiet && isNoted()) await noteUnanswered(deps, question, search);
      return { ...answer, faq: items, escalation: escalationOf(question.q, escalation()) };
    },

    suggest: (reader, request) => suggestKnowledge(deps, { ...request, scope: scopeOf(reader) }),

    related: async (reader, reference, request) =>
      relatedEntries(deps, await entries.find(reader, reference), { ...request, scope: scopeOf(reader) }),

    relatedTo: async (reader, text, request) =>
      relatedEntries(deps, { ...text, position: 0 }, { ...request, scope: scopeOf(reader) }),

    unanswered: async (limit) => ({
      noted: isNoted(),
      items: await listUnanswered(database.tables<KnowledgeTables>(), limit),
    }),
  };
}
