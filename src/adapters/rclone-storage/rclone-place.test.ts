import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { rclonePlace } from './rclone-place.ts';

describe('rclonePlace', () => {
  it('takes remotes that rclone knows by name', () => {
    assert.equal(rclonePlace('rclone:my drive:a/b/').remote, 'my drive:a/b');
    assert.equal(rclonePlace('rclone:crypt:').remote, 'crypt:');
  });

  it('refuses remotes that are described in the address, and ways out of them', () => {
    for (const address of [
      'rclone::http,url="http://169.254.169.254":',
      'rclone::local:/etc',
      'rclone:drive,root_folder_id=x:a',
      'rclone:/etc',
      'rclone:--config:x',
      'rclone:drive:a/../b',
      'rclone:',
    ]) {
      assert.throws(() => rclonePlace(address), { code: 'rclone.address' }, address);
    }
  });
});
