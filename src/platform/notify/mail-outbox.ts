/**
 * Mails leave in two steps: written into the outbox in the transaction of their cause, handed to the mail server by a job,
 * which is tried again with growing pauses and outlives a restart.
 */
import { createHash } from 'node:crypto';

import type { Instant } from '#kernel/brands';
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { Translator } from '#platform/i18n';
import type { WriteTransaction } from '#platform/unit-of-work';

import { addressOf, type Letter } from './letter.ts';
import { type MailDeps, mailContext } from './mail-deps.ts';
import { insertMail, saveFile } from './mail-store.ts';
import type { MailFile, RenderedMail } from './mail-transport.ts';
import { renderLetter } from './render-letter.ts';
import { sendMailJob } from './send-mail-job.ts';

export interface MailToSend {
  /** Names the kind in the delivery log: `identity.invitation`. */
  readonly kind: string;
  readonly to: string;
  /** Of the person; null: that of the house. */
  readonly language: string | null;
  readonly letter: (translator: Translator) => Letter;
  /** From when on it would be of no use. */
  readonly expiresAt?: Instant;
  /** Mails of one thread stand together in an inbox. */
  readonly thread?: string;
  /** Path of the page where somebody says that they want no more of these. */
  readonly unsubscribePath?: string;
  readonly files?: readonly MailFile[];
}

/** A file as a queued mail names it. */
export type QueuedFile = Omit<MailFile, 'content'> & { readonly sha256: string };

export interface MailOutbox {
  readonly deps: MailDeps;
  /**
   * Sent once the transaction holds, while a server runs. Answers with the id of the mail.
   * @throws KuraError invalid `notify.address-invalid`
   */
  queue(tx: WriteTransaction, mail: MailToSend): Promise<string>;
  /** A mail as it would be sent. @throws as `queue` */
  render(id: string, mail: MailToSend): RenderedMail;
}

export function createMailOutbox(deps: MailDeps): MailOutbox {
  return {
    deps,
    render: (id, mail) => render(deps, id, mail),
    async queue(tx, mail) {
      const id = deps.ids.next();
      const { to, language, files = [], ...said } = render(deps, id, mail);
      const content = { ...said, files: await keepFiles(deps, tx, files) };
      await insertMail(tx, {
        id,
        kind: mail.kind,
        recipient: to,
        language,
        state: 'queued',
        content: deps.sealer.seal(mailContext(id), JSON.stringify(content)),
        attempts: 0,
        last_error: null,
        last_reason: null,
        created_at: nowInstant(deps.clock),
        expires_at: mail.expiresAt ?? null,
        ended_at: null,
      });
      await tx.enqueue(sendMailJob, { id });
      return id;
    },
  };
}

function render({ translators, houseLanguage, site }: MailDeps, id: string, mail: MailToSend): RenderedMail {
  const language = mail.language === 'ja' || mail.language === 'en' ? mail.language : houseLanguage;
  const translator = translators[language];
  const frame = { language, footer: translator.text('notify.footer', { site }) };
  const { thread, unsubscribePath: path } = mail;
  return {
    id,
    to: oneAddress(mail.to),
    language,
    ...renderLetter(mail.letter(translator), frame),
    ...(thread === undefined ? {} : { thread }),
    ...(path === undefined ? {} : { unsubscribe: addressOf(site, path) }),
    ...(mail.files === undefined ? {} : { files: mail.files }),
  };
}

/** In the mail stands which they are; many mails have the same. */
async function keepFiles(
  { clock }: MailDeps,
  tx: WriteTransaction,
  files: readonly MailFile[],
): Promise<readonly QueuedFile[]> {
  const queued: QueuedFile[] = [];
  for (const { name, mediaType, content } of files) {
    const sha256 = createHash('sha256').update(content).digest('hex');
    await saveFile(tx, { sha256, content, at: nowInstant(clock) });
    queued.push({ name, mediaType, sha256 });
  }
  return queued;
}

/** Nothing that a header or the mail server could take for a second address, a name or a command. */
function oneAddress(address: string): string {
  if (!/^[^\s@<>()[\]\\,;:"\p{Cc}]+@[^\s@<>()[\]\\,;:"\p{Cc}]+$/u.test(address) || address.length > 254) {
    throw new KuraError('invalid', 'notify.address-invalid');
  }
  return address;
}
