/** A Kura that was stood up from an image: opened, but neither serving nor working. */
import { join } from 'node:path';

import { createKnowledge, type Knowledge } from '#knowledge';
import type { Environment } from '#platform/config';

import { openPlatform, type Platform } from '../open-platform.ts';

export interface Restored {
  readonly platform: Platform;
  readonly knowledge: Knowledge;
}

/** Opening the platform brings its database up to date, as any start does (`openPlatform`). */
export async function openRestored(
  { home, environment }: { readonly home: string; readonly environment: Environment },
  stack: AsyncDisposableStack,
): Promise<Restored> {
  const platform = await openPlatform({ home, environment, logToTerminal: false, role: 'recovery' }, stack);
  const attachmentFolder = join(platform.home.knowledge, 'attachments');
  const knowledge = createKnowledge({ ...platform, attachmentFolder, noteUnanswered: () => false });
  return { platform, knowledge };
}
