import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { instant } from '#kernel/brands';

import { createPdf } from './create-pdf.ts';
import type { PdfSheet } from './pdf-sheet.ts';

const info = { title: '媒体ラベル', language: 'ja', at: instant(new Date('2026-11-22T00:00:00Z')) } as const;

function latin(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

function twoPages(sheet: PdfSheet): void {
  sheet.text('髙橋 起2關 LTO-9', { x: 20, y: 20, width: 100, bold: true });
  sheet.qr('https://kura.example/backups/media/scan/KURA-0001', { x: 20, y: 40, side: 30 });
  sheet.page();
  sheet.text('二枚目', { x: 20, y: 20, width: 100 });
}

describe('createPdf', () => {
  it('embeds what it uses of the Japanese fonts, and nothing that is not there', async () => {
    const text = latin(await createPdf(info, twoPages));
    assert.match(text, /^%PDF-1\.\d/);
    assert.match(text, /%%EOF\s*$/);
    assert.equal(text.match(/\/Type \/Page\b/g)?.length, 2);
    const names = new Set(text.match(/[A-Z]{6}\+[A-Za-z-]+/g));
    assert.deepEqual([...names].map((name) => name.slice(7)).toSorted(), ['BIZUDPGothic-Bold', 'BIZUDPGothic-Regular']);
    assert.ok(text.length < 60_000, `${text.length} bytes`);
  });

  it('gives the same bytes for the same content', async () => {
    assert.deepEqual(await createPdf(info, twoPages), await createPdf(info, twoPages));
  });

  it('keeps text within the room it has', async () => {
    let height = 0;
    await createPdf(info, (sheet) => {
      height = sheet.text('長い名前'.repeat(100), { x: 10, y: 10, width: 40, maxHeight: 12 });
    });
    assert.ok(height <= 12, `${height} mm`);
  });
});
