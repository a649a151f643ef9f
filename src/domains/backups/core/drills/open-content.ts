import type { BackupsContext } from '../backups-context.ts';
import { toolOf } from '../engines/tool-of.ts';
import { openCopy } from '../register/open-copy.ts';
import type { Copy } from '../register/protected-job.ts';
import { type CopyContent, vaultContent } from './copy-content.ts';
import { engineContent } from './engine-content.ts';

/** @throws KuraError as opening the copy. */
export async function openContent(context: BackupsContext, copy: Copy, signal: AbortSignal): Promise<CopyContent> {
  if (toolOf(copy) !== undefined) return await engineContent(context, copy, signal);
  return vaultContent(await openCopy(copy, context, signal), copy.job);
}
