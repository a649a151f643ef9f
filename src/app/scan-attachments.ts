/** The virus scanner of the models looks at files beside knowledge entries, too. */
import { KuraError } from '#kernel/errors';
import type { VirusScanner } from '#models/ports';

/** The name of what was found. @throws KuraError `knowledge.attachment-not-scanned`: a scanner that is set up must have looked. */
export function scanAttachments(scanner: VirusScanner) {
  return async function scan(path: string, signal: AbortSignal): Promise<string | undefined> {
    const { result, signature } = await scanner.scan(path, signal);
    if (result === 'not-scanned') throw new KuraError('unavailable', 'knowledge.attachment-not-scanned');
    return result === 'infected' ? (signature ?? '?') : undefined;
  };
}
