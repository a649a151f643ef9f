/** An error as it is kept beside what it ended. */
import type { KuraError, MessageParams } from '#kernel/errors';

import type { StoredReason } from '../../store/reason-column.ts';

export function reasonOfError({ code, params }: KuraError): StoredReason {
  const kept: MessageParams = Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined));
  return { code, params: kept };
}
