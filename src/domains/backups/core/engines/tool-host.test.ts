import assert from 'node:assert/strict';
import { it } from 'node:test';

import { toolHost } from './tool-host.ts';

it('the server behind the address of a tool is known, however it is written', () => {
  const told = [
    ['restic', 'sftp:backup@10.0.0.5:/srv/restic', '10.0.0.5'],
    ['restic', 'sftp:nas:restic', 'nas'],
    ['restic', 'sftp:user@[fd00::1]:/srv', '[fd00::1]'],
    ['restic', 'sftp://backup@nas.example.org:2222//srv', 'nas.example.org'],
    ['restic', 'rest:https://user:word@127.0.0.1:8000/', '127.0.0.1'],
    ['restic', 's3:http://192.168.1.7:9000/bucket', '192.168.1.7'],
    ['restic', 's3:s3.amazonaws.com/bucket', 's3.amazonaws.com'],
    ['restic', 'b2:bucket:path', undefined],
    ['restic', '/srv/restic', undefined],
    ['borg', 'ssh://backup@nas.example.org:22/./repo', 'nas.example.org'],
    ['borg', '/srv/borg', undefined],
    ['rclone', 'nas:backups', undefined],
  ] as const;
  for (const [tool, repository, host] of told) assert.equal(toolHost(tool, repository), host, repository);
});
