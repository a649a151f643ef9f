/** Where the bytes of a file beside an entry are. */
export function attachmentAddress(id: string, name: string): string {
  return `/api/v1/knowledge/entries/${encodeURIComponent(id)}/attachments/${encodeURIComponent(name)}/file`;
}
