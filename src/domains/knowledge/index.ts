/**
 * The knowledge base: entries with a type of IT service management, imported, written, and found again in Japanese and
 * English. `#knowledge/contract` holds what web and command line may know of it.
 */
import type { Catalogues } from '#kernel/messages';
import type { Command } from '#platform/cli';
import type { Migration } from '#platform/db';

import { exportCommand, importCommand } from './cli/exchange-commands.ts';
import { listCommand, removeCommand, searchCommand, showCommand } from './cli/knowledge-commands.ts';
import { entriesImported, entryRemoved, entrySaved } from './core/entries/entry-events.ts';
import type { Knowledge } from './knowledge.ts';
import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';
import { entriesMigration } from './migrations/0001-entries.ts';

export type { DraftedIncident, Entries } from './core/entries/entries.ts';
export type { IncidentDraft } from './core/entries/incident-draft.ts';
export type { ImportOptions, ImportReport, SkippedRecord } from './core/exchange/import-knowledge.ts';
/** For `kura db check`: index and entries agree. */
export { createIndexProbe } from './core/search/index-probe.ts';
export type { SearchRequest } from './core/search/search-request.ts';
export { knowledgeRoutes } from './http/knowledge-routes.ts';
export { createKnowledge, type Knowledge, type KnowledgeDeps } from './knowledge.ts';

export const knowledgeMessages: Catalogues = { en, ja };
export const knowledgeMigrations: readonly Migration[] = [entriesMigration];
export const knowledgeEvents = { entrySaved, entryRemoved, entriesImported } as const;
export const knowledgeCommands: ReadonlyArray<Command<Knowledge>> = [
  searchCommand,
  listCommand,
  showCommand,
  removeCommand,
  importCommand,
  exportCommand,
];
