import type { PrintedFile } from '#backups/contract';

import { saveBase64 } from '../../../lib/save-file.ts';

export function savePrinted({ base64, ...file }: PrintedFile): void {
  saveBase64(file, base64);
}
