export const en = {
  'rclone.address': '{address} is no address of a repository behind rclone. Nothing was done.',
  'rclone.address.advice':
    'Write rclone:REMOTE:FOLDER with a remote of your rclone configuration ("rclone listremotes").',
  'rclone.not-installed': 'rclone is needed for {location}, and it is not installed. Nothing was done.',
  'rclone.not-installed.advice': 'Install rclone, for example with "apt install rclone".',
  'rclone.not-started': 'rclone did not start for {location}: {reason}',
  'rclone.not-started.advice':
    'Try "rclone lsd REMOTE:" by hand. An encrypted rclone configuration needs RCLONE_CONFIG_PASS.',
  'rclone.remote-unknown': 'rclone knows no such remote: {location}. Nothing was done.',
  'rclone.remote-unknown.advice': '"rclone listremotes" shows those it knows; Kura asks rclone as the user it runs as.',
} as const;
