export { type MailServer, type ReceivedMail, startMailServer } from './start-mail-server.ts';
