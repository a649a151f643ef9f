/** Handlers of the delivery log and of the test mail. */
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { requirePermission } from '#platform/access';
import type { Database } from '#platform/db';
import { implement, type RouteHandler } from '#platform/http';
import { actorOfCaller, type UnitOfWork } from '#platform/unit-of-work';

import { listMails, type MailView, sendTestMail } from '../contract/index.ts';
import type { MailOutbox } from '../mail-outbox.ts';
import * as store from '../mail-store.ts';
import type { MailRow } from '../mail-tables.ts';

export interface MailRoutesDeps {
  readonly database: Database;
  readonly unitOfWork: UnitOfWork;
  /** Undefined where no mail server is configured. */
  readonly mail: MailOutbox | undefined;
}

export function mailRoutes({ database, unitOfWork, mail }: MailRoutesDeps): readonly RouteHandler[] {
  return [
    implement(listMails, async ({ query: { limit } }) => ({
      items: (await store.listMails(database, limit)).map(viewOf),
    })),
    implement(sendTestMail, async ({ body: { to } }, context) => {
      const caller = requirePermission('system:configure', context.caller);
      if (mail === undefined) throw new KuraError('conflict', 'notify.mail-off');
      const { deps } = mail;
      const at = nowInstant(deps.clock);
      const rendered = mail.render(deps.ids.next(), {
        kind: 'notify.test',
        to,
        language: context.language,
        letter: ({ text, time }) => ({
          subject: text('notify.test.subject'),
          paragraphs: [text('notify.test.body', { time: time(at) })],
        }),
      });
      await unitOfWork.write(actorOfCaller(caller, context.requestId), (tx) =>
        tx.audit({ action: 'mail.send-test', subject: { kind: 'mail', id: rendered.id }, result: 'done' }),
      );
      await deps.transport.send(rendered, context.signal);
      return { to };
    }),
  ];
}

function viewOf(row: MailRow): MailView {
  return {
    id: row.id,
    kind: row.kind,
    recipient: row.recipient,
    language: row.language,
    state: row.state,
    attempts: row.attempts,
    lastError: row.last_error,
    lastReason: row.last_reason,
    createdAt: row.created_at,
    endedAt: row.ended_at,
  };
}
