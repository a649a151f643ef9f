/** An error as it is kept beside what it ended. */

import type { KuraError, MessageParams } from '#kernel/errors';
import { withoutUndefined } from '#kernel/without-undefined';

import type { StoredReason } from '../../store/reason-column.ts';

export function reasonOfError({ code, params }: KuraError): StoredReason {
  const kept: MessageParams = withoutUndefined(params);
  return { code, params: kept };
}
