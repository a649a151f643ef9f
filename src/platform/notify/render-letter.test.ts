import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { hostileTexts, tagsOf } from '#stand-ins/hostile-texts';

import { renderLetter } from './render-letter.ts';

const frame = { language: 'en', footer: 'Sent by Kura at https://kura.example.org.' };

describe('a letter', () => {
  it('says the same as text and as HTML, its address in full in both', () => {
    const url = 'https://kura.example.org/login#reset=a&b';
    const letter = { subject: 'Hello', paragraphs: ['One.', 'Two.'], action: { label: 'Open', url } };
    const { text, html } = renderLetter(letter, frame);
    assert.equal(text, `One.\n\nTwo.\n\nOpen:\n${url}\n\n--\n${frame.footer}\n`);
    assert.ok(html.includes('href="https://kura.example.org/login#reset=a&amp;b"'));
    for (const part of ['One.', 'Two.', 'Open', frame.footer]) assert.ok(html.includes(part), part);
  });

  it('takes nothing that somebody chose for markup, and loads nothing from anywhere', () => {
    const evil = `<img src=https://evil.example/x onerror=alert(1)>"'&</p>`;
    const { html } = renderLetter({ subject: evil, paragraphs: [evil] }, { ...frame, footer: evil });
    assert.doesNotMatch(html, /<(?:img|script|link|iframe|style)\b/i);
    assert.ok(html.includes('&lt;img'));
  });

  it('has the same tags whatever is written in it', () => {
    function letterOf(text: string) {
      const action = { label: text, url: `https://kura.example/?q=${text}` };
      return renderLetter({ subject: text, paragraphs: [text], action }, { ...frame, footer: text });
    }
    const harmless = tagsOf(letterOf('x').html);
    for (const text of hostileTexts) {
      const { html, subject } = letterOf(text);
      // A paragraph may have breaks of its own.
      assert.deepEqual(
        tagsOf(html).filter((tag) => tag !== '<br>'),
        harmless,
        text,
      );
      assert.doesNotMatch(subject, /[\r\n]/);
    }
  });

  it('keeps a subject on one line, and marks of direction out of the text', () => {
    const { subject, text } = renderLetter(
      { subject: 'a\r\nBcc: b@example.org\u2028c\u0000', paragraphs: ['\u202Eevil\u2066\u0007 line\nnext'] },
      frame,
    );
    assert.equal(subject, 'a Bcc: b@example.org c');
    assert.ok(text.startsWith('evil line\nnext\n'));
  });
});
