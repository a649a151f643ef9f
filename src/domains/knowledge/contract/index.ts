/** What the knowledge base agrees on with web and command line: routes and shapes. Safe for browsers. */
export {
  bodySchema,
  type ChangedEntry,
  changedEntrySchema,
  type EntryStatus,
  type EntrySummary,
  type EntryType,
  type EntryView,
  entrySchema,
  entryStatuses,
  entryStatusSchema,
  entrySummarySchema,
  entryTypeSchema,
  entryTypes,
  externalIdSchema,
  langSchema,
  longestBody,
  longestTitle,
  mostTags,
  type NewEntry,
  newEntrySchema,
  tagSchema,
  tagsSchema,
  titleSchema,
} from './entry-shapes.ts';
export { createEntry, listEntries, readEntry, removeEntry, searchKnowledge, updateEntry } from './routes.ts';
export {
  type SearchAnswer,
  type SearchHit,
  searchAnswerSchema,
  searchHitSchema,
  searchQuerySchema,
} from './search-shapes.ts';
