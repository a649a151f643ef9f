/** A mail server over SMTP (nodemailer): one connection per mail, certificates checked, TLS unless configured otherwise. */
import type { Socket } from 'node:net';

import { isKuraError, KuraError } from '#kernel/errors';
import type { MailFile, MailTransport, RenderedMail } from '#platform/notify';
import { connectChecked, createDirectoryEgress } from '#platform/outbound';

import type { SmtpSettings } from './smtp-settings.ts';

export function createSmtpTransport(settings: SmtpSettings): MailTransport {
  const { host, port, timeoutMs } = settings;
  const egress = createDirectoryEgress([host]);
  return {
    async send(mail, signal) {
      const deadline = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
      let socket: Socket | undefined;
      function hangUp(): void {
        socket?.destroy();
      }
      try {
        socket = await connectChecked({ host, port, egress }, deadline);
        signal.addEventListener('abort', hangUp, { once: true });
        await handOver(settings, mail, socket);
      } catch (error) {
        signal.throwIfAborted();
        throw translated(settings, error);
      } finally {
        signal.removeEventListener('abort', hangUp);
        hangUp();
      }
    },
  };
}

async function handOver(settings: SmtpSettings, mail: RenderedMail, connection: Socket): Promise<void> {
  const { host, port, security, user, password, ca, from, timeoutMs } = settings;
  // Loaded by whoever sends: hardly any start of Kura does.
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({
    host,
    port,
    connection,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'plain',
    tls: { minVersion: 'TLSv1.2', rejectUnauthorized: true, ...(ca === undefined ? {} : { ca }) },
    ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    // A mail is text: nothing of it may name a file or an address to be fetched.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = from.split('@')[1] ?? 'kura';
  await transport.sendMail({
    from: { name: 'Kura', address: from },
    to: { name: '', address: mail.to },
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    messageId: `<${mail.id}@${domain}>`,
    ...(mail.thread === undefined ? {} : { references: `<${mail.thread}@${domain}>` }),
    textEncoding: 'base64',
    ...(mail.files === undefined ? {} : { attachments: mail.files.map(attachmentOf) }),
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'Content-Language': mail.language,
      ...(mail.unsubscribe === undefined ? {} : { 'List-Unsubscribe': `<${mail.unsubscribe}>` }),
    },
  });
}

function attachmentOf({ name, mediaType, content }: MailFile) {
  return { filename: name, contentType: mediaType, content: Buffer.from(content) };
}

/** Of an error of the library: what it was doing, what the server answered. */
interface SmtpFault {
  readonly code?: unknown;
  readonly responseCode?: unknown;
  readonly response?: unknown;
  readonly message?: unknown;
}

function translated({ host, port }: SmtpSettings, error: unknown): KuraError {
  if (isKuraError(error)) return error;
  const { code, responseCode, response, message }: SmtpFault = typeof error === 'object' && error !== null ? error : {};
  const reason = String(response ?? message ?? error);
  const params = { server: `${host}:${port}`, reason: reason.replaceAll(/\s+/g, ' ').slice(0, 300) };
  const options = { params, cause: error };
  if (code === 'EAUTH') return new KuraError('unavailable', 'smtp.login-refused', options);
  if (code === 'ETLS' || /certificate|TLS|SSL|self.signed|altname/i.test(reason)) {
    return new KuraError('unavailable', 'smtp.tls-failed', options);
  }
  if (typeof responseCode !== 'number') return new KuraError('unavailable', 'smtp.unreachable', options);
  return responseCode >= 500
    ? new KuraError('conflict', 'smtp.refused', options)
    : new KuraError('unavailable', 'smtp.deferred', options);
}
