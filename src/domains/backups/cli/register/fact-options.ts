/** What is said of a job, as options of `kura backups protect` and `kura backups edit`. */

import { z } from 'zod';
import { withoutUndefined } from '#kernel/without-undefined';

import * as contract from '../../contract/index.ts';

export const factOptions = [
  { flags: '--title <text>' },
  { flags: '--description <text>' },
  { flags: '--kind <kind>' },
  { flags: '--owner <name>' },
  { flags: '--criticality <level>' },
  { flags: '--class <class>' },
  { flags: '--tag <tag...>' },
  { flags: '--policy <key>' },
  { flags: '--rpo <minutes>' },
  { flags: '--rto <minutes>' },
  { flags: '--retention-days <days>' },
  { flags: '--every <hours>' },
  { flags: '--verify-every <days>' },
];

/** `none` takes back what was said. */
function orNone<Schema extends z.ZodType>(schema: Schema) {
  return z.union([z.literal('none').transform(() => null), schema]).optional();
}

export const factInput = {
  title: z.string().optional(),
  description: z.string().optional(),
  kind: contract.jobKindSchema.optional(),
  owner: orNone(z.string()),
  criticality: contract.criticalitySchema.optional(),
  class: orNone(contract.dataClassSchema),
  tag: z.array(z.string()).optional(),
  policy: orNone(contract.policyKeySchema),
  rpo: orNone(z.coerce.number().int()),
  rto: orNone(z.coerce.number().int()),
  retentionDays: orNone(z.coerce.number().int()),
  every: z.coerce.number().optional(),
  verifyEvery: z.coerce.number().int().optional(),
};

type FactInput = z.output<z.ZodObject<typeof factInput>>;

/** Only what was given. */
export function factsOf(input: FactInput): contract.JobChange {
  const { title, description, kind, owner, criticality, policy, retentionDays } = input;
  const given = {
    title,
    description,
    kind,
    owner,
    criticality,
    policy,
    retentionDays,
    dataClass: input.class,
    tags: input.tag,
    rpoMinutes: input.rpo,
    rtoMinutes: input.rto,
    everyHours: input.every,
    verifyEveryDays: input.verifyEvery,
  };
  return withoutUndefined(given);
}
