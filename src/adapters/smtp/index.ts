/** Mail servers over SMTP (P-074): the port MailTransport of #platform/notify. */
import type { Catalogues } from '#kernel/messages';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

export type { SmtpSettings } from './smtp-settings.ts';
export { createSmtpTransport } from './smtp-transport.ts';
export const smtpMessages: Catalogues = { en, ja };
