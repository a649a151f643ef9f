/** Media that should be mounted and are not, as Linux tells it: fstab(5) and proc_pid_mountinfo(5). */
import { readFile } from 'node:fs/promises';

/**
 * The place below which `path` lies where /etc/fstab expects a medium while none is mounted; undefined when all is well
 * or nothing is known. Looking at the path first lets an automounter do its work.
 */
export async function findAbsentMount(path: string): Promise<string | undefined> {
  if (process.platform !== 'linux') return undefined;
  const [fstab, mountInfo] = await Promise.all(['/etc/fstab', '/proc/self/mountinfo'].map(readOrNothing));
  return absentMount(path, fstab ?? '', mountInfo ?? '');
}

/** Exported for its tests. @param path absolute, links resolved */
export function absentMount(path: string, fstab: string, mountInfo: string): string | undefined {
  const mounted = new Set(fields(mountInfo, 4));
  // Without a table of what is mounted everything would look absent.
  if (mounted.size === 0) return undefined;
  const expected = fields(fstab, 1).filter((place) => place.startsWith('/') && isBelow(path, place));
  return expected.find((place) => !mounted.has(place));
}

function fields(table: string, column: number): readonly string[] {
  const lines = table.split('\n').filter((line) => line.trim() !== '' && !line.trimStart().startsWith('#'));
  return lines.map((line) => withoutEscapes(line.trim().split(/\s+/)[column] ?? ''));
}

/** Both tables write spaces and the like as three octal digits. */
function withoutEscapes(text: string): string {
  const plain = text.replace(/\\([0-7]{3})/g, (_all, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  );
  return plain.length > 1 ? plain.replace(/\/+$/, '') : plain;
}

function isBelow(path: string, place: string): boolean {
  return place === '/' || path === place || path.startsWith(`${place}/`);
}

async function readOrNothing(path: string): Promise<string> {
  return await readFile(path, 'utf8').catch(() => '');
}
