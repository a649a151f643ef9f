/** Which file of a version: by what an address says, or by a selector of the person (models.md M-091). */
import { chooseFile, type FilePointer, type ModelFile, type ModelVersion } from '#engines/civitai';
import { KuraError } from '#kernel/errors';

/** Every file of the version. */
const ALL = 'all';

/** The best file that agrees with everything the address says; one that was named by id must be there. */
export function filesByPointer(version: ModelVersion, pointer: FilePointer | undefined): readonly ModelFile[] {
  const fitting = version.files.filter((file) => pointer === undefined || agrees(file, pointer));
  return [bestOf(version, fitting, pointer === undefined ? '' : describe(pointer))];
}

/** `selector` is a file id, a name, `all`, or a type, format, precision, size or quantisation. */
export function filesBySelector(version: ModelVersion, selector: string): readonly ModelFile[] {
  const wanted = selector.trim().toLowerCase();
  if (wanted === ALL) return version.files;
  const byId = version.files.filter((file) => String(file.fileId) === wanted);
  const byName = version.files.filter((file) => file.name.toLowerCase() === wanted);
  const byQuality = version.files.filter((file) =>
    [file.type, file.format, file.fp, file.size, file.quantType].some((value) => value?.toLowerCase() === wanted),
  );
  const fitting = [byId, byName, byQuality].find((list) => list.length > 0) ?? [];
  return [bestOf(version, fitting, selector)];
}

function bestOf(version: ModelVersion, fitting: readonly ModelFile[], asked: string): ModelFile {
  const { file } = chooseFile({ ...version, files: fitting });
  if (file !== null) return file;
  const files = version.files.map(({ fileId, name, type }) => `${fileId} ${name} (${type})`).join(', ');
  throw new KuraError('not-found', 'models.no-such-file', { params: { asked, files } });
}

function agrees(file: ModelFile, pointer: FilePointer): boolean {
  if (pointer.fileId !== null) return file.fileId === pointer.fileId;
  return (['type', 'format', 'size', 'fp', 'quantType'] as const).every((name) => {
    const wanted = pointer[name];
    return wanted === null || wanted.toLowerCase() === file[name]?.toLowerCase();
  });
}

function describe(pointer: FilePointer): string {
  return Object.values(pointer)
    .filter((value) => value !== null)
    .join(' ');
}
