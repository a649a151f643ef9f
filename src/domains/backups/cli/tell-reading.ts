import type { VerifyProgress } from '#engines/vault';
import type { CommandContext } from '#platform/cli';

/** Progress of a run that reads copies of a job, one line per copy. */
export function tellReading(
  job: string,
  { out, translator }: Pick<CommandContext<unknown>, 'out' | 'translator'>,
): (copy: { readonly name: string }, progress: VerifyProgress) => void {
  return (copy, { objects, bytes, totalBytes, errors }) =>
    out.progress(
      translator.text('cli.backups.verify.progress', {
        copy: `${job}/${copy.name}`,
        objects: translator.number(objects),
        bytes: translator.bytes(bytes),
        totalBytes: translator.bytes(totalBytes),
        errors,
      }),
    );
}
