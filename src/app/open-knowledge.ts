/** The knowledge base by the settings; what the virus scanner of the models says counts for its files, too. */
import { join } from 'node:path';

import { createGitFolder } from '#adapters/git';
import { createKnowledge, type Knowledge } from '#knowledge';
import type { AnswerWriter } from '#knowledge/ports';
import type { VirusScanner } from '#models/ports';
import { namesOf } from '#platform/config';
import { createPeople } from '#platform/identity';

import type { Platform } from './open-platform.ts';
import { scanAttachments } from './scan-attachments.ts';

export function openKnowledge(
  platform: Platform,
  virusScanner: VirusScanner | undefined,
  answerWriter: AnswerWriter | undefined,
): Knowledge {
  const { home, settings } = platform;
  function options() {
    return settings.loaded().config.knowledge;
  }
  const people = createPeople(platform.database);
  return createKnowledge({
    ...platform,
    attachmentFolder: join(home.knowledge, 'attachments'),
    attachmentRules: () => ({ mostMiB: options().attachmentMiB }),
    scanFile: virusScanner === undefined ? undefined : scanAttachments(virusScanner),
    answerWriter,
    writerCallsPerDay: () => options().writerCallsPerDay,
    git: createGitFolder(platform.environment),
    syncedFolder: () => options().syncFolder,
    personNamed: async (name) => (await people.byName(name))?.name,
    noteUnanswered: () => options().noteUnanswered,
    usageDays: () => options().usageDays,
    escalation: () => {
      const { escalationWords, escalationContact } = options();
      return { words: namesOf(escalationWords), contact: escalationContact || null };
    },
    rules: () => {
      const { fourEyes, reviewDays, removedDays } = options();
      return { fourEyes, reviewDays, removedDays };
    },
  });
}
