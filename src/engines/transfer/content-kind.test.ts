import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { wrongStart, wrongType } from './content-kind.ts';

describe('wrongType', () => {
  it('refuses pages for models', () => {
    assert.equal(wrongType('text/html; charset=utf-8', 'a.safetensors'), 'html');
    assert.equal(wrongType('application/xml', 'a.ckpt'), 'xml');
    assert.equal(wrongType('application/problem+json', 'a.gguf'), 'json');
  });

  it('takes what a model comes as', () => {
    for (const type of [
      undefined,
      'application/octet-stream',
      'application/zip',
      'binary/octet-stream',
      'text/plain',
    ]) {
      assert.equal(wrongType(type, 'a.safetensors'), undefined);
    }
  });

  it('takes a page when a page was asked for', () => {
    assert.equal(wrongType('text/html', 'index.html'), undefined);
    assert.equal(wrongType('application/json', 'workflow.json'), undefined);
    assert.equal(wrongType('text/html', 'workflow.json'), 'html');
  });
});

describe('wrongStart', () => {
  it('knows pages by their first bytes, whatever they are called', () => {
    assert.equal(wrongStart(Buffer.from('\ufeff \n<!DOCTYPE html><html>'), 'a.safetensors'), 'html');
    assert.equal(wrongStart(Buffer.from('<html lang="en">'), 'noextension'), 'html');
    assert.equal(wrongStart(Buffer.from('<?xml version="1.0"?><Error>'), 'a.pt'), 'xml');
    assert.equal(wrongStart(Buffer.from('{"error":"Unauthorized"}'), 'a.zip'), 'json');
    const cutInside = Buffer.from(`{"error": "${'ログインしてください。'.repeat(50)}"}`);
    assert.equal(wrongStart(cutInside, 'a.zip'), 'json');
  });

  it('takes model files for what they are', () => {
    const safetensors = Buffer.concat([Buffer.from([16, 0, 0, 0, 0, 0, 0, 0]), Buffer.from('{"a":1}')]);
    assert.equal(wrongStart(safetensors, 'a.safetensors'), undefined);
    assert.equal(wrongStart(Buffer.from('GGUF'), 'a.gguf'), undefined);
    assert.equal(wrongStart(Buffer.from('PK\u0003\u0004'), 'a.ckpt'), undefined);
  });

  it('takes a binary file that begins like JSON by chance', () => {
    for (const chance of [
      [0x7b, 0x22, 0x00, 0x41],
      [0x7b, 0x22, 0xff, 0x41],
      [0x7b, 0x20, 0x22, 0x9c, 0x41],
    ]) {
      assert.equal(wrongStart(Uint8Array.from(chance), 'a.bin'), undefined);
    }
  });
});
