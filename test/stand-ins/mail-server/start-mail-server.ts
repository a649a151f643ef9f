/** A real SMTP server (smtp-server) that keeps what it was handed, and refuses when it is told to. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';

import { localhostCertificate, localhostKey } from '#stand-ins/tls-house';

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** Headers and body as they came. */
  readonly raw: string;
  readonly secure: boolean;
  readonly user: string | undefined;
}

export interface MailServer extends AsyncDisposable {
  readonly port: number;
  readonly received: readonly ReceivedMail[];
  /** What to answer to the next mails instead of taking them: `451 later`. Undefined takes them. */
  refuseWith: string | undefined;
  /** Resolves with the mail of this place in `received`, when it is there. */
  nth(index: number): Promise<ReceivedMail>;
}

export interface MailServerOptions {
  /** `starttls` offers it, `tls` speaks it from the first byte, `plain` knows none. */
  readonly security?: 'starttls' | 'tls' | 'plain';
  /** Who may send; without it, everybody. */
  readonly account?: { readonly user: string; readonly password: string };
}

export async function startMailServer({ security = 'starttls', account }: MailServerOptions = {}): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  const waiting: (() => void)[] = [];
  const options: SMTPServerOptions = {
    secure: security === 'tls',
    key: localhostKey,
    cert: localhostCertificate,
    authOptional: account === undefined,
    disabledCommands: [...(security === 'plain' ? ['STARTTLS'] : []), ...(account === undefined ? ['AUTH'] : [])],
    disableReverseLookup: true,
    logger: false,
    onAuth({ username, password }, _session, done) {
      if (username === account?.user && password === account?.password) done(null, { user: username });
      else done(new Error('no such account'));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.once('end', () => {
        const refusal = /^(\d+) (.*)$/.exec(server.refuseWith ?? '');
        if (refusal === null) keep(session, Buffer.concat(chunks).toString());
        done(refusal === null ? null : Object.assign(new Error(refusal[2]), { responseCode: Number(refusal[1]) }));
      });
    },
  };
  const smtp = new SMTPServer(options);

  function keep({ envelope: { mailFrom, rcptTo }, secure, user }: SMTPServerSession, raw: string): void {
    const from = mailFrom === false ? '' : mailFrom.address;
    received.push({ from, to: rcptTo.map(({ address }) => address), raw, secure, user });
    for (const wake of waiting.splice(0)) wake();
  }

  // A client that hangs up in the middle of a handshake is part of some tests.
  smtp.on('error', () => undefined);
  const listening = smtp.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const { port } = listening.address() as AddressInfo;
  const server: MailServer = {
    port,
    received,
    refuseWith: undefined,
    async nth(index) {
      for (;;) {
        const mail = received[index];
        if (mail !== undefined) return mail;
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
    [Symbol.asyncDispose]: () => new Promise((resolve) => smtp.close(() => resolve())),
  };
  return server;
}
