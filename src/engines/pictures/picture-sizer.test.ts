import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';

import { createPictureSizer } from './picture-sizer.ts';
import { writePng } from './testing/write-png.ts';

const never = new AbortController().signal;
/** 1 × 1. */
const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
const unreadable = { code: 'pictures.unreadable' };

describe('pictures made smaller', () => {
  const sizer = createPictureSizer();
  after(async () => sizer[Symbol.asyncDispose]());

  it('fit into the asked size in their proportions', async () => {
    const { bytes, format, width, height } = await sizer.shrink(writePng({ width: 900, height: 300 }), 300, never);
    assert.deepEqual([format, width, height], ['png', 300, 100]);
    const again = Buffer.from(bytes);
    assert.deepEqual([again.readUInt32BE(16), again.readUInt32BE(20)], [300, 100], 'as its own header says');
  });

  it('never become larger, and the first frame of an animation becomes a PNG', async () => {
    const small = await sizer.shrink(writePng({ width: 20, height: 10 }), 300, never);
    assert.deepEqual([small.width, small.height], [20, 10]);
    const { format, width } = await sizer.shrink(gif, 300, never);
    assert.deepEqual([format, width], ['png', 1]);
  });

  it('are refused when they are none, damaged, or would unpack to more than a picture is', async () => {
    const whole = writePng({ width: 300, height: 300 });
    const hostile = {
      text: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      svgAsPng: Buffer.from('\u0089PNG\r\n\u001a\n<svg/>', 'latin1'),
      cut: whole.subarray(0, 40),
      bomb: writePng({ width: 60_000, height: 60_000, rows: 1 }),
      area: writePng({ width: 16_000, height: 16_000, rows: 1 }),
      jpeg: Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 1, 2, 3, 4, 5, 6, 7, 8]),
      webp: Buffer.concat([Buffer.from('RIFF\u00ff\u00ff\u00ff\u007fWEBPVP8 ', 'latin1'), Buffer.alloc(64, 0xff)]),
      long: Buffer.concat([whole, Buffer.alloc(17 * 1024 * 1024)]),
    };
    for (const [name, bytes] of Object.entries(hostile)) {
      await assert.rejects(sizer.shrink(bytes, 300, never), unreadable, name);
    }
    assert.equal((await sizer.shrink(whole, 100, never)).width, 100, 'the next one is read all the same');
  });

  it('survive damage anywhere: an answer or an error, never an end of the program', async () => {
    const whole = writePng({ width: 64, height: 64 });
    for (let place = 8; place < whole.length; place += Math.ceil(whole.length / 25)) {
      const damaged = Buffer.from(whole);
      damaged[place] = (damaged[place] ?? 0) ^ 0xff;
      const result = await sizer.shrink(damaged, 32, never).catch((error: unknown) => error);
      if (result instanceof Error) assert.equal('code' in result && result.code, 'pictures.unreadable');
    }
  });

  it('stop when nobody waits any more', async () => {
    const picture = writePng({ width: 300, height: 300 });
    await assert.rejects(sizer.shrink(picture, 100, AbortSignal.abort(new Error('over'))), /over/);
  });
});
