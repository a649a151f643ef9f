/** Commands over the knowledge of a data directory. */
import type { Command } from '#platform/cli';
import type { Knowledge } from '../knowledge.ts';
import { attachmentCommands } from './attachment-commands.ts';
import { curationCommand } from './curation-command.ts';
import { dialogueCommands } from './dialogue-commands.ts';
import { duplicateCommands } from './duplicate-commands.ts';
import { entryFindingCommands } from './entry-finding-commands.ts';
import { exportArchiveCommand, exportCommand, exportTableCommand, importCommand } from './exchange-commands.ts';
import { faqCommands } from './faq-commands.ts';
import { askCommand, relatedCommand, unansweredCommand } from './finding-commands.ts';
import { historyCommands } from './history-commands.ts';
import { listCommand, removeCommand, searchCommand, showCommand } from './knowledge-commands.ts';
import { linkCommands } from './link-commands.ts';
import { syncCommand } from './sync-command.ts';
import { systemFeedbackCommands } from './system-feedback-commands.ts';
import { tagCommands } from './tag-commands.ts';
import { upkeepCommands } from './upkeep-commands.ts';
import { usageCommands } from './usage-commands.ts';
import { watchCommands } from './watch-commands.ts';

export const knowledgeCommands: ReadonlyArray<Command<Knowledge>> = [
  searchCommand,
  askCommand,
  relatedCommand,
  unansweredCommand,
  listCommand,
  showCommand,
  removeCommand,
  ...historyCommands,
  ...attachmentCommands,
  ...faqCommands,
  ...dialogueCommands,
  ...linkCommands,
  ...tagCommands,
  ...upkeepCommands,
  ...duplicateCommands,
  ...entryFindingCommands,
  ...systemFeedbackCommands,
  ...watchCommands,
  ...usageCommands,
  curationCommand,
  importCommand,
  exportCommand,
  syncCommand,
  exportTableCommand,
  exportArchiveCommand,
];
