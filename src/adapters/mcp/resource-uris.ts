/** Addresses of what assistants may read as resources. */
const entries = 'kura://knowledge/entries/';

export const entryTemplate = `${entries}{id}`;
export const protectionUri = 'kura://backups/protection';
export const protectionOfJobTemplate = `${protectionUri}/{job}`;
export const libraryUri = 'kura://models/library';

export function entryUri(id: string): string {
  return `${entries}${encodeURIComponent(id)}`;
}
