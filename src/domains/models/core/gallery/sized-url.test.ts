import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { sizedUrl } from './sized-url.ts';

const root = 'https://image.civitai.com/xG1nkqKTMzGDvpLrqFT7WA/0a1b';

describe('sizedUrl', () => {
  it('replaces the size of a picture, whichever it was', () => {
    assert.equal(sizedUrl(`${root}/original=true/7.jpeg`, 512), `${root}/width=512/7.jpeg`);
    assert.equal(sizedUrl(`${root}/width=450/7.jpeg`, 1024), `${root}/width=1024/7.jpeg`);
    assert.equal(sizedUrl(`${root}/anim=false,width=450,optimized=true/7.jpeg`, 256), `${root}/width=256/7.jpeg`);
  });

  it('leaves addresses of another form as they are', () => {
    for (const url of ['https://example.org/a/7.jpeg', 'no address', `${root}/transcode=true/7.mp4`]) {
      assert.equal(sizedUrl(url, 512), url);
    }
  });
});
