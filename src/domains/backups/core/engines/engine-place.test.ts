import assert from 'node:assert/strict';
import { it } from 'node:test';

import type { EngineName } from './backup-engine.ts';
import { toolPlace } from './engine-place.ts';

it('a tool is only sent to folders and to addresses it really has', async () => {
  const good: readonly (readonly [EngineName, string])[] = [
    ['restic', '/no/such/folder'],
    ['restic', 'sftp:backup@nas.example.org:/srv/restic'],
    ['restic', 'rest:https://backup.example.org/'],
    ['borg', 'ssh://backup@nas.example.org/./repo'],
    ['rclone', 'nas:backups/library'],
  ];
  for (const [tool, place] of good) assert.equal(await toolPlace(tool, place), place);
  const bad: readonly (readonly [EngineName, string])[] = [
    ['restic', 'relative/path'],
    ['restic', '--password-command=id'],
    ['restic', 'ftp:host'],
    ['borg', 'ssh://-oProxyCommand=id/repo'],
    ['borg', 'user@host:repo'],
    ['rclone', ':http,url=http://169.254.169.254/:'],
    ['rclone', 'nas,env_auth=true:bucket'],
    ['rclone', '-nas:bucket'],
    ['rclone', 'nas:../other'],
  ];
  for (const [tool, place] of bad) {
    await assert.rejects(toolPlace(tool, place), { code: 'backups.engine-address' }, place);
  }
});
