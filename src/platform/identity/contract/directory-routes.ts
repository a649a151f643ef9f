/** Routes of a company's directory. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

const problemSchema = z.object({ code: z.string(), message: z.string(), advice: z.string() });

const directoryStepSchema = z.object({
  /** Names the step whatever the language. */
  code: z.string(),
  text: z.string(),
  facts: z.array(z.string()).readonly(),
  /** Null: it worked. */
  problem: problemSchema.nullable(),
});
export type DirectoryStepView = z.output<typeof directoryStepSchema>;

/** A login taken apart. With a password it is tried, and counts like a login. */
export const testDirectory = defineRoute({
  id: 'directory.test',
  method: 'POST',
  path: '/api/v1/directory/test',
  access: 'users:manage',
  body: z.strictObject({
    username: z.string().min(1).max(200),
    password: z.string().min(1).max(1024).optional(),
  }),
  output: z.object({
    ok: z.boolean(),
    steps: z.array(directoryStepSchema).readonly(),
    /** As the account is or would be named; null when nobody was found. */
    username: z.string().nullable(),
    role: z.string().nullable(),
  }),
  errors: ['identity.no-directory'],
});
