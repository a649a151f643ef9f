/** What each kind of alert says, and what to do about it. `{name}` is what it is about. */
export const alertTypesEn = {
  'alerts.type.backup-failed': 'The backup of {name} failed',
  'alerts.type.backup-failed.advice':
    'Read the reason in the run, mend it and run the job again. The last good snapshot is untouched.',
  'alerts.type.backup-partial': 'The backup of {name} left something out: {problems} problems',
  'alerts.type.backup-partial.advice': 'See in the run which files could not be read, and make them readable.',
  'alerts.type.backup-missed': 'The backup of {name} did not run; it was due {due}',
  'alerts.type.backup-missed.advice':
    'See whether the machine is on, whether its schedule still exists, and whether it can reach Kura.',
  'alerts.type.backup-unusual': 'The backup of {name} was unusual: {what} {value}, usually {usual}',
  'alerts.type.backup-unusual.advice':
    'Much smaller may mean that files are missing; much larger or slower that something changes them, ransomware too.',
  'alerts.type.report-unclaimed': 'Reports about {name} belong to no job',
  'alerts.type.report-unclaimed.advice': 'Assign them to a job in the inbox of reports, or dismiss them.',
  'alerts.type.reporter-silent': 'The reporter {name} has been silent since {since}',
  'alerts.type.reporter-silent.advice': 'See whether its machine is on and its task is still there.',
  'alerts.type.rule-violated': '{name} does not keep the 3-2-1-1-0 rule; missing: {digits}',
  'alerts.type.rule-violated.advice': 'The page of the job says per digit what is missing and what would mend it.',
  'alerts.type.verification-failed': 'A copy of {name} does not hold what it should',
  'alerts.type.verification-failed.advice':
    'Do not delete any other copy. Repair this one from another, then verify it again.',
  'alerts.type.drill-failed': 'A test of restoring {name} failed',
  'alerts.type.drill-failed.advice': 'Read in the record what failed. A backup that cannot be restored is none.',
  'alerts.type.test-due': 'A restore test of {name} is due on {dueOn}',
  'alerts.type.test-due.advice': 'Run it, or let Kura run it.',
  'alerts.type.test-overdue': 'A restore test of {name} was due on {dueOn}',
  'alerts.type.test-overdue.advice': 'Run it now; until then nobody knows whether the copy can be restored.',
  'alerts.type.ticket-opened': 'Ticket {number} was opened: {name}',
  'alerts.type.ticket-opened.advice': 'The digit 0 stays red until it is closed with proof.',
  'alerts.type.ticket-overdue': 'Ticket {number} was to be closed by {due}: {name}',
  'alerts.type.ticket-overdue.advice': 'Close it with proof, or give it to somebody who can.',
  'alerts.type.canary-changed': 'A canary file of {name} is {what}: {path}',
  'alerts.type.canary-changed.advice':
    'Nobody should touch this file: think of ransomware. Stop what writes there, and keep the copies out of its reach.',
  'alerts.type.medium-lost': 'The medium {name} is lost',
  'alerts.type.medium-lost.advice':
    'Search for it; if it holds unencrypted data, tell whoever answers for data protection.',
  'alerts.type.medium-damaged': 'The medium {name} is damaged',
  'alerts.type.medium-damaged.advice':
    'Make another copy of what it holds before anything else, then take it out of use.',
  'alerts.type.loan-overdue': 'The medium {name} was to come back on {dueOn} from {borrower}',
  'alerts.type.loan-overdue.advice': 'Ask for it, or extend the loan.',
  'alerts.type.swap-due': 'Media of {name} are to be swapped on {day}: take out {takeOut}, put in {putIn}',
  'alerts.type.swap-due.advice': 'Swap them and confirm it on the page of the rotation.',
  'alerts.type.swap-overdue': 'Media of {name} were to be swapped on {day}: take out {takeOut}, put in {putIn}',
  'alerts.type.swap-overdue.advice': 'Until then the next backup writes over a medium that should be out of reach.',
  'alerts.type.provider-space-low':
    'Little room is left at {name}: {usedPercent} % used, {limitPercent} % is the limit',
  'alerts.type.provider-space-low.advice': 'Let old snapshots go, or get more room, before backups fail.',
  'alerts.type.provider-failed': 'The storage provider {name} does not answer as it should',
  'alerts.type.provider-failed.advice': 'See whether it can be reached, and whether its login still holds.',
  'alerts.type.provider-login-ending': 'The login of the storage provider {name} holds until {day}',
  'alerts.type.provider-login-ending.advice':
    'Get a new one and put it in, with its own last day; after that day backups to {name} fail.',
  'alerts.type.provider-certificate-ending': 'The certificate of the storage provider {name} ends on {day}',
  'alerts.type.provider-certificate-ending.advice':
    'Whoever runs the server has to renew it; after that day Kura sends nothing there.',
  'alerts.type.schedule-skipped': 'A scheduled backup of {name} came to nothing',
  'alerts.type.schedule-skipped.advice':
    'See why on the page of the job; run it by hand when it is wanted before its next time.',
  'alerts.type.hook-failed': 'The program after a backup of {name} failed',
  'alerts.type.hook-failed.advice': 'The backup stays as it ended. Make up for what the program should have done.',
  'alerts.type.sla-violated': '{name} does not keep its target: {what} {value}, wanted {wanted}',
  'alerts.type.sla-violated.advice': 'See on the page of targets which runs failed or came late.',
  'alerts.type.file-damaged': 'The model file {name} is {what}',
  'alerts.type.file-damaged.advice': 'Let Kura repair it: from a backup, else from where it came.',
  'alerts.type.file-quarantined': 'The model file {name} was put into quarantine',
  'alerts.type.file-quarantined.advice': 'Read the findings. Let it out only when you know why it was put there.',
  'alerts.type.api-changed': 'CivitAI answers differently: {name}',
  'alerts.type.api-changed.advice': 'See what changed under CivitAI, and accept it when Kura still reads right.',
  'alerts.type.storage-low': 'Little room is left on the disk of Kura: {detail}',
  'alerts.type.storage-low.advice':
    'Make room or let old snapshots and downloads go; writing stops when the disk is full.',
  'alerts.type.system-degraded': 'The check "{name}" of Kura is not well: {detail}',
  'alerts.type.availability-low':
    'Kura was down for {minutes} min in the last 30 days; the target of {target} % allows {allowed} min',
  'alerts.type.availability-low.advice': 'The page on availability shows each incident with its cause.',
  'alerts.type.system-degraded.advice': 'The page on health says more.',
  'alerts.type.channel-failed': 'The channel {name} does not take messages',
  'alerts.type.channel-failed.advice': 'Test it on the page of notifications, then send again what was given up.',
  'alerts.type.security-detected': '{title}: {name}',
  'alerts.type.security-detected.advice': 'Look at the entries in the audit log, and settle the case there.',
} as const;
