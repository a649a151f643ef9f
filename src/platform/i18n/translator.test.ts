import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { KuraError } from '#kernel/errors';

import { createTranslators, describeError, languageOf } from './translator.ts';

const translators = createTranslators([
  {
    en: { 'x.gone': 'Nothing at {path}.', 'x.gone.advice': 'Look at {path} again.' },
    ja: { 'x.gone': '{path} には何もありません。', 'x.gone.advice': '{path} を確認してください。' },
  },
  {
    en: {
      'y.only': 'Only text',
      'y.size': '{kept, bytes} are kept.',
      'y.files': '{files, count(one: file is; other: files are)} here, {more}.',
    },
    ja: { 'y.only': '文だけ', 'y.size': '{kept, bytes} は残っています。', 'y.files': '{files} 件と {more} 件。' },
  },
]);

describe('translators', () => {
  it('say an error and its advice in both languages, parameters as they are', () => {
    const error = new KuraError('not-found', 'x.gone', { params: { path: '/a/<b>&{c}' } });
    assert.deepEqual(describeError(error, translators.en), {
      id: error.id,
      code: 'x.gone',
      title: 'Nothing at /a/<b>&{c}.',
      advice: 'Look at /a/<b>&{c} again.',
    });
    assert.equal(describeError(error, translators.ja).title, '/a/<b>&{c} には何もありません。');
    assert.equal(describeError(new KuraError('invalid', 'y.only'), translators.ja).advice, undefined);
  });

  it('refuse a key without a message instead of showing the key', () => {
    assert.throws(() => translators.en.text('z.none'), /no message for z.none/);
  });

  it('write bytes in binary units', () => {
    assert.deepEqual(
      [0, 1023, 1536, 5 * 1024 ** 3].map((value) => translators.en.bytes(value)),
      ['0 B', '1,023 B', '1.5 KiB', '5 GiB'],
    );
    assert.equal(translators.ja.text('y.size', { kept: 786_432 }), '768 KiB は残っています。');
  });
});

describe('counts', () => {
  it('go with the word that fits, whether they come as numbers or as text', () => {
    const said = [0, 1, '1', 2, 1000].map((files) => translators.en.text('y.files', { files, more: 3 }));
    assert.deepEqual(said, [
      '0 files are here, 3.',
      '1 file is here, 3.',
      '1 file is here, 3.',
      '2 files are here, 3.',
      '1000 files are here, 3.',
    ]);
    assert.equal(translators.ja.text('y.files', { files: 1, more: 3 }), '1 件と 3 件。');
  });
});

describe('times', () => {
  it('are told in the zone of the organisation: Tokyo for Japanese unless another is set', () => {
    const instant = '2026-11-22T16:30:00.000Z';
    const berlin = createTranslators([], 'Europe/Berlin');
    assert.match(translators.ja.time(instant), /^2026\/11\/23.*1:30.*(JST|GMT\+9)$/);
    assert.equal(translators.ja.day(instant), '2026/11/23');
    assert.match(berlin.en.time(instant), /^11\/22\/2026.*5:30.*(CET|GMT\+1)$/);
    assert.equal(berlin.ja.day(instant), '2026/11/22');
  });
});

describe('languageOf', () => {
  it('reads locale names and Accept-Language headers', () => {
    assert.equal(languageOf('ja_JP.UTF-8'), 'ja');
    assert.equal(languageOf('fr, ja;q=0.8, en;q=0.5'), 'ja');
    assert.equal(languageOf('C'), 'en');
    assert.equal(languageOf(undefined), 'en');
  });
});
