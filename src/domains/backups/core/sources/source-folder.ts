import type { BackupsContext } from '../backups-context.ts';
import type { Job } from '../register/protected-job.ts';
import { isKuraSource } from './job-source.ts';

/** The folder that a program backs up: the job's own, or an image of Kura that is gone when it is disposed of. */
export async function openSourceFolder(
  { ownImage }: Pick<BackupsContext, 'ownImage'>,
  { source }: Pick<Job, 'source'>,
  signal: AbortSignal,
): Promise<{ readonly path: string } & AsyncDisposable> {
  if (!isKuraSource(source)) return { path: source, [Symbol.asyncDispose]: async () => undefined };
  const image = await ownImage.stage(signal);
  return { path: image.folder, [Symbol.asyncDispose]: () => image[Symbol.asyncDispose]() };
}
