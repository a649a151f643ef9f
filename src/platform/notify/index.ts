/**
 * Telling people (P-074): rules say who hears of a notice, wishes say when, an outbox in the database carries it – mails by
 * the mail server, everything else by channels – and a log says what became of it.
 */
import type { Catalogues } from '#kernel/messages';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

export type {
  ChannelAnswer,
  ChannelMessage,
  ChannelTransport,
  WordedNotice,
} from './channels/channel-transport.ts';
export { mailCommands } from './cli/mail-commands.ts';
export { notifyCommands } from './cli/notify-commands.ts';
export { notifyEvents } from './deliveries/send-message.ts';
export type { Dispatch, DispatchedTo } from './deliveries/send-to.ts';
export { mailRoutes } from './http/mail-handlers.ts';
export { notifyRoutes } from './http/notify-handlers.ts';
export { type Letter, leadingTo } from './letter.ts';
export type { MailDeps } from './mail-deps.ts';
export { notifyJobHandlers, notifyJobs } from './mail-jobs.ts';
export { createMailOutbox, type MailOutbox, type MailToSend } from './mail-outbox.ts';
export { mailProbe } from './mail-probe.ts';
export { notifyMigrations } from './mail-tables.ts';
export type { MailFile, MailTransport, RenderedMail } from './mail-transport.ts';
export type { Filling, Notice, Worded } from './notice.ts';
export { createNotifier, type Notifier } from './notifier.ts';
export { noticeJobHandlers, noticeJobs } from './notify-jobs.ts';
export type { People, Person } from './people.ts';
export { say } from './say.ts';
export const notifyMessages: Catalogues = { en, ja };
