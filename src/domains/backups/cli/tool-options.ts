/** Settings of a copy that a tool makes, as options of `kura backups add-copy`. */

import { z } from 'zod';
import { withoutUndefined } from '#kernel/without-undefined';

export const toolOptions = [
  { flags: '--environment <name...>' },
  { flags: '--exclude <pattern...>' },
  { flags: '--upload-kib <n>' },
  { flags: '--download-kib <n>' },
  { flags: '--keep <rule>' },
  { flags: '--verify-parts <n>' },
  { flags: '--replica-of <copy>' },
];

/** `last=7,daily=14`. */
const keepRule = z
  .string()
  .regex(/^(?:last|daily|weekly|monthly|yearly)=\d{1,4}(?:,(?:last|daily|weekly|monthly|yearly)=\d{1,4})*$/)
  .transform((text) =>
    Object.fromEntries(text.split(',').map((one) => [one.split('=')[0], Number(one.split('=')[1])])),
  );

export const toolInput = {
  environment: z.array(z.string()).optional(),
  exclude: z.array(z.string().min(1)).optional(),
  uploadKib: z.coerce.number().int().optional(),
  downloadKib: z.coerce.number().int().optional(),
  keep: keepRule.optional(),
  verifyParts: z.coerce.number().int().optional(),
  replicaOf: z.string().optional(),
};

type ToolInput = z.output<z.ZodObject<typeof toolInput>>;

/** Only what was given, so that nothing is said of copies that no tool makes. */
export function toolSettingsOf(input: ToolInput): Readonly<Record<string, unknown>> {
  const { environment, exclude, uploadKib, downloadKib, keep, verifyParts, replicaOf } = input;
  const given = { environment, exclude, uploadKib, downloadKib, keep, verifyParts, replicaOf };
  return withoutUndefined(given);
}
