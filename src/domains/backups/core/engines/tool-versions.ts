/** Which tools are installed, and whether they are new enough. */
import type { ToolState } from '../../contract/index.ts';
import { type BackupEngine, engineNames } from './backup-engine.ts';

export async function toolVersions(
  engines: Readonly<Record<(typeof engineNames)[number], BackupEngine>>,
  signal: AbortSignal,
): Promise<readonly ToolState[]> {
  return await Promise.all(
    engineNames.map(async (tool) => {
      const { oldestVersion } = engines[tool];
      const version = await engines[tool].version(signal);
      return { tool, version: version ?? null, oldestVersion, state: stateOf(version, oldestVersion) };
    }),
  );
}

function stateOf(version: string | undefined, oldest: string): ToolState['state'] {
  if (version === undefined) return 'absent';
  return isOlder(version, oldest) ? 'too-old' : 'ok';
}

/** `1.60.1-DEV` counts as 1.60.1. */
export function isOlder(version: string, than: string): boolean {
  const [one, other] = [numbersOf(version), numbersOf(than)];
  const index = other.findIndex((number, at) => (one[at] ?? 0) !== number);
  return index !== -1 && (one[index] ?? 0) < (other[index] ?? 0);
}

function numbersOf(version: string): readonly number[] {
  return version
    .split(/[.-]/)
    .slice(0, 3)
    .map((part) => Number.parseInt(part, 10) || 0);
}
