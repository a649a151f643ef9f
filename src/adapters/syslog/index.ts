/** A syslog server as the receiver of the audit log. */
export { createSyslogReceiver, type SyslogAddress, type SyslogOptions } from './syslog-receiver.ts';
