import { downloadAttachment } from '#knowledge/contract';
import { pathOf } from '#platform/contract';

/** Where the bytes of a file beside an entry are. */
export function attachmentAddress(id: string, name: string): string {
  return pathOf(downloadAttachment, { params: { id, name } });
}
