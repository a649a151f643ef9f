export const en = {
  'schedule.bad-timing': '“{timing}” is no time Kura can wait for. Nothing was changed.',
  'schedule.bad-timing.advice':
    'Give a cron pattern of five fields such as "0 6 * * *" with an IANA zone such as Asia/Tokyo, or an interval of 10 seconds and more.',
  'schedule.not-found': 'There is no schedule {id}.',
  'schedule.not-found.advice': 'Look at “kura schedules list”.',
  'schedule.unknown-job': 'This version of Kura does not know the job {job}; the schedule was left as it is.',
  'schedule.unknown-job.advice': 'It may belong to a newer version. Update Kura, or pause the schedule.',
} as const;
