/** Japanese and English text analysis for search: terms, index text, queries for SQLite and PostgreSQL, highlights. */
export { droppableWords, withoutWords } from './absent-words.ts';
export { analyse, type Term } from './analyse.ts';
export { isOnePiece, isSentence } from './content-words.ts';
export { indexText } from './index-text.ts';
export { exactPhrases, type Phrase } from './leaf-phrases.ts';
export { type Normalised, normalise } from './normalise.ts';
export { patternSnippet } from './pattern-snippet.ts';
export { parseQuery } from './query.ts';
export { findField, plainLanguage, type QueryField, type QueryLanguage, type TextScope } from './query-fields.ts';
export type { DaysNode, FactNode, LiteralPiece, LiteralReason, Query, QueryLeaf, QueryNode } from './query-node.ts';
export { type Days, dayOf, prefixesBetween, readDays } from './read-days.ts';
export { regrouped } from './regrouped-words.ts';
export {
  createRelevance,
  type RatedText,
  type Relevance,
  type RelevanceParts,
  ratedWords,
} from './relevance.ts';
export { firmNodes, type LadderStep, ladder, planSearch, type Rung, rungs, type SearchPlan } from './search-plan.ts';
export { highlights, type Snippet, snippet, type TextRange } from './snippet.ts';
export {
  type Correction,
  correctQuery,
  createVocabulary,
  katakanaWords,
  suggestCorrection,
  type Vocabulary,
} from './spelling.ts';
export { tellingWords } from './telling-words.ts';
export { toFts5 } from './to-fts5.ts';
export { decodeToken, encodeTerm, everyText, factToken } from './token-code.ts';
