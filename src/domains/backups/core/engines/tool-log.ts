/** The end of what a tool says, without secrets: enough to understand a failure, never enough to fill a database. */
import { KIB } from '#kernel/units';
import { redact } from '#platform/log';

const LARGEST = 16 * KIB;

export interface ToolLog {
  readonly add: (line: string) => void;
  text(): string;
}

/** `secrets`: values that must not appear, besides everything that looks like one. */
export function createToolLog(secrets: readonly (string | undefined)[]): ToolLog {
  const hidden = secrets.filter((secret): secret is string => secret !== undefined && secret.length > 3);
  const lines: string[] = [];
  let size = 0;
  return {
    add(line) {
      const clean = redact(hidden.reduce((text, secret) => text.replaceAll(secret, '***'), line)).slice(0, LARGEST);
      lines.push(clean);
      size += clean.length + 1;
      while (size > LARGEST && lines.length > 1) size -= (lines.shift()?.length ?? 0) + 1;
    },
    text: () => lines.join('\n').trim(),
  };
}
