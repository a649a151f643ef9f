/** What identity tells others of. */
import { z } from 'zod';

import { defineEvent } from '#platform/events';

const accountOrNobody = z.string().nullable();
const address = z.string().nullable();

/** `accountId` is null when nobody has the name that was typed. */
export const loginRefused = defineEvent({
  name: 'identity.login-refused',
  schema: z.object({ accountId: accountOrNobody, address, reason: z.string() }),
});

export const accountLocked = defineEvent({
  name: 'identity.account-locked',
  schema: z.object({ accountId: accountOrNobody, username: z.string().nullable(), address }),
});

export const addressBlocked = defineEvent({
  name: 'identity.address-blocked',
  schema: z.object({ address }),
});

export const riskyLogin = defineEvent({
  name: 'identity.login-risky',
  schema: z.object({ accountId: z.string(), username: z.string(), address, score: z.number().int() }),
});

export const adminAdded = defineEvent({
  name: 'identity.admin-added',
  schema: z.object({ accountId: z.string(), username: z.string(), by: z.string() }),
});
