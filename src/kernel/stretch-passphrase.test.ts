import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { stretchAhead, stretchNewly, stretchPassphrase } from './stretch-passphrase.ts';

describe('a passphrase stretched ahead', () => {
  it('gives its salt and key to one file, and the next gets others', async () => {
    await stretchAhead('correct horse', { workFactor: 4 });
    const first = await stretchNewly('correct horse', 4);
    const second = await stretchNewly('correct horse', 4);
    assert.notDeepEqual(first.salt, second.salt);
    assert.deepEqual(await stretchPassphrase(first), first.key);
  });

  it('is not taken for another passphrase, salt or work', async () => {
    const salt = Buffer.alloc(16, 1);
    await stretchAhead('correct horse', { salt, workFactor: 4 });
    const keys = await Promise.all([
      stretchPassphrase({ passphrase: 'wrong horse', salt, workFactor: 4 }),
      stretchPassphrase({ passphrase: 'correct horse', salt: Buffer.alloc(16, 2), workFactor: 4 }),
      stretchPassphrase({ passphrase: 'correct horse', salt, workFactor: 5 }),
      stretchPassphrase({ passphrase: 'correct horse', salt, workFactor: 4 }),
    ]);
    assert.equal(new Set(keys.map((key) => Buffer.from(key).toString('hex'))).size, 4);
  });
});
