/** The port: hands one mail to a mail server. */

export interface MailFile {
  readonly name: string;
  readonly mediaType: string;
  readonly content: Uint8Array;
}

export interface RenderedMail {
  /** Stays the same when the mail is handed over again. */
  readonly id: string;
  /** One address, without a name. */
  readonly to: string;
  readonly language: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Mails of one thread stand together in an inbox. */
  readonly thread?: string | undefined;
  /** Address of the page where somebody says that they want no more of these. */
  readonly unsubscribe?: string | undefined;
  readonly files?: readonly MailFile[] | undefined;
}

export interface MailTransport {
  /**
   * Resolves when the server has taken the mail.
   * @throws KuraError of a kind that may be tried again (unavailable), or of one that may not: the server refused for good
   */
  send(mail: RenderedMail, signal: AbortSignal): Promise<void>;
}
