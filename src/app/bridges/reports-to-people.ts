/** notify ← backups: reports go to whom they were promised, with the file where the mail server takes it. */
import { type Backups, backupsEvents, type DocumentToSend } from '#backups';
import { instant } from '#kernel/brands';
import { onEvent, type Subscriber } from '#platform/events';
import type { Translator } from '#platform/i18n';
import { type Letter, leadingTo, type Notice, type Notifier } from '#platform/notify';
import type { Actor } from '#platform/unit-of-work';

export interface ReportsToPeople {
  readonly backups: Backups;
  readonly notifier: Pick<Notifier, 'sendTo'>;
  /** Address of this site, for links; undefined where none is configured. */
  readonly site: string | undefined;
  readonly attachmentBytes: () => number;
}

const kura: Actor = { kind: 'system', id: 'kura', name: 'Kura' };
const path = '/backups/documents';

export function reportsToPeople(deps: ReportsToPeople): Subscriber {
  return {
    name: 'app.reports',
    reactions: [
      onEvent(backupsEvents.documentToSend, async ({ payload: { document } }) => {
        await deps.backups.documents.deliver(kura, document, async (tx, one) => {
          const isAttached = one.attach && one.content.length <= deps.attachmentBytes();
          const { name, mediaType } = one.document;
          const told = await deps.notifier.sendTo(tx, {
            notice: noticeOf(one),
            targets: one.targets,
            letter: (translator) => letterOf(one, { isAttached, site: deps.site, translator }),
            files: isAttached ? [{ name, mediaType, content: one.content }] : [],
          });
          return told.map(({ state }) => ({ state, attached: isAttached && state === 'mailed' }));
        });
      }),
    ],
  };
}

function noticeOf({ id, document: { id: document, kind, name, from, to, madeAt } }: DocumentToSend): Notice {
  const params = { name, from, to };
  return {
    id,
    kind: 'backups.report',
    event: 'raised',
    severity: 'info',
    level: 0,
    subject: { kind: 'backup-document', id: document, name },
    tags: [],
    site: null,
    owner: null,
    title: { key: 'app.report-made', params, words: { kind: [`backups.document.kind.${kind}`] } },
    lines: [{ key: 'app.report-where', params }],
    path,
    at: instant(new Date(madeAt)),
  };
}

interface Surroundings {
  readonly isAttached: boolean;
  readonly site: string | undefined;
  readonly translator: Translator;
}

function letterOf(
  { document, attach }: DocumentToSend,
  { isAttached, site, translator: { text, bytes } }: Surroundings,
): Letter {
  const { kind, name, from, to, signature, plan, madeBy } = document;
  const title = text(`backups.document.kind.${kind}`);
  const size = bytes(document.bytes);
  const notAttached = attach ? 'app.report-too-large' : 'app.report-not-attached';
  return {
    subject: text('app.report-made', { kind: title, from, to }),
    paragraphs: [
      plan === null ? text('app.report-sent-by', { by: madeBy }) : text('app.report-planned', { plan }),
      text(isAttached ? 'app.report-attached' : notAttached, { name, size }),
      text('app.report-check', { sha256: signature.sha256, keyId: signature.keyId }),
    ],
    ...leadingTo(site, path, text('app.report-open')),
  };
}
