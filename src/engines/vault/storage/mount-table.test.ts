import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { absentMount } from './mount-table.ts';

const fstab = `
# <file system> <mount point> <type> <options> <dump> <pass>
UUID=1 / ext4 errors=remount-ro 0 1
UUID=2 none swap sw 0 0
LABEL=Backup /mnt/backup ext4 noauto,nofail 0 2
//nas/kura /mnt/my\\040nas/ cifs credentials=/root/nas 0 0
`;
const root = '22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw';

function withMounts(...places: readonly string[]): string {
  return [root, ...places.map((place) => `40 22 8:17 / ${place} rw shared:2 - ext4 /dev/sdb1 rw`)].join('\n');
}

describe('absentMount', () => {
  it('names the mount point of a medium that is missing', () => {
    assert.equal(absentMount('/mnt/backup/kura', fstab, root), '/mnt/backup');
    assert.equal(absentMount('/mnt/backup', fstab, root), '/mnt/backup');
    assert.equal(absentMount('/mnt/my nas/kura', fstab, withMounts('/mnt/backup')), '/mnt/my nas');
  });

  it('is content where the medium is mounted, or none is expected', () => {
    assert.equal(absentMount('/mnt/backup/kura', fstab, withMounts('/mnt/backup')), undefined);
    assert.equal(absentMount('/mnt/my nas/kura', fstab, withMounts('/mnt/my\\040nas')), undefined);
    for (const path of ['/home/me/repo', '/mnt/backup2/kura', '/']) {
      assert.equal(absentMount(path, fstab, root), undefined, path);
    }
  });

  it('knows nothing where the system does not tell what is mounted', () => {
    assert.equal(absentMount('/mnt/backup/kura', fstab, ''), undefined);
  });
});
