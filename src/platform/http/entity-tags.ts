/** Entity tags (RFC 9110 §8.8.3): strong ones, over what is sent. */
import { createHash } from 'node:crypto';

export function entityTagOf(payload: unknown): string {
  const digest = createHash('sha256')
    .update(JSON.stringify(payload) ?? '')
    .digest('base64url');
  return `"${digest.slice(0, 27)}"`;
}

/** Whether the list of a condition names the tag; `*` stands for whatever there is. Weak tags are equal to none. */
export function namesTag(condition: string, tag: string | undefined): boolean {
  if (tag === undefined) return false;
  return condition.trim() === '*' || [...condition.matchAll(/(?:W\/)?"[^"]*"/g)].some(([one]) => one === tag);
}
