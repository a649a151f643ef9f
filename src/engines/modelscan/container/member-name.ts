/** What the name of an archive member would do when somebody extracts it. */
import type { Scope } from '../scope.ts';

/** Direction overrides, zero-width characters and other marks that make a name look like another one. */
const hidden = /[\0\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u{e0000}-\u{e007f}]/u;

export function judgeMemberName(scope: Scope, name: string, offset: number): void {
  if (hidden.test(name) || leavesRoot(name)) scope.report('archive-path-escape', { offset, evidence: name });
  else if (name === '' || /[\p{Cc}\p{Co}\p{Cn}]/u.test(name)) {
    scope.report('archive-name-unprintable', { offset, evidence: name });
  }
}

/** Where a link points, seen from the folder it lies in. */
export function judgeLink(scope: Scope, name: string, target: string): void {
  const evidence = `${name} → ${target}`;
  const folder = name.split('/').slice(0, -1);
  const rule = leavesRoot([...folder, target].join('/'), target) ? 'archive-link-escape' : 'archive-link';
  scope.report(rule, { evidence });
}

/** Absolute, on a drive or share, or climbing above where it starts, by the rules of any system. */
function leavesRoot(path: string, own = path): boolean {
  if (/^(?:[/\\]|[A-Za-z]:)/.test(own)) return true;
  let depth = 0;
  for (const part of path.split(/[/\\]/)) {
    const step = part.trimEnd();
    if (step === '..') depth -= 1;
    else if (step !== '' && step !== '.') depth += 1;
    if (depth < 0) return true;
  }
  return false;
}

/** Names that one file system would take for the same file. */
export function foldName(name: string): string {
  return name.normalize('NFKC').toLowerCase().replaceAll('\\', '/');
}
