/** Sheets of labels: a QR code that opens the page of the medium on a phone, and what people read. */
import { nowInstant } from '#kernel/clock';
import type { Translator } from '#platform/i18n';
import { createPdf, type PdfSheet } from '#platform/pdf';

import type { LabelSheet, PrintedFile } from '../../contract/index.ts';
import type { MediaTables } from '../../store/media/media-tables.ts';
import type { Medium } from '../../store/media/medium-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { requireMedium } from './find-registered-medium.ts';
import { cornersOf, type Grid, gridOf } from './label-grids.ts';
import { pdfFile } from './pdf-file.ts';

/** @throws KuraError `backups.medium-not-found`. */
export async function printLabels(
  context: BackupsContext,
  { labels, grid: name, skip, address }: LabelSheet,
  translator: Translator,
): Promise<PrintedFile> {
  const reads = context.database.tables<MediaTables>();
  const media: Medium[] = [];
  for (const label of labels) media.push(await requireMedium(reads, label));
  const info = {
    title: translator.text('backups.label-sheet'),
    language: translator.language,
    at: nowInstant(context.clock),
  };
  const grid = gridOf[name];
  const base = address ?? context.publicUrl();
  const pdf = await createPdf(info, (sheet) => {
    const corners = cornersOf(grid);
    for (const [index, medium] of media.entries()) {
      const place = skip + index;
      if (place > 0 && place % corners.length === 0) sheet.page();
      const corner = corners[place % corners.length];
      if (corner !== undefined) drawLabel(sheet, { medium, grid, corner, base, translator });
    }
  });
  return pdfFile('media-labels.pdf', pdf);
}

/** What the code on a label opens; without an address it holds the label alone, which the scan page takes as well. */
export function scanAddress(base: string | undefined, label: string): string {
  return base === undefined ? label : `${base.replace(/\/$/, '')}/backups/media/scan/${encodeURIComponent(label)}`;
}

interface OneLabel {
  readonly medium: Medium;
  readonly grid: Grid;
  readonly corner: { readonly x: number; readonly y: number };
  readonly base: string | undefined;
  readonly translator: Translator;
}

const padding = 2;

function drawLabel(sheet: PdfSheet, { medium, grid, corner, base, translator }: OneLabel): void {
  const side = Math.min(grid.height - 2 * padding, 40);
  const x = corner.x + padding + side + 1;
  const width = grid.width - side - 2 * padding - 1;
  const bottom = corner.y + grid.height - padding;
  const isSmall = grid.height < 30;
  sheet.qr(scanAddress(base, medium.label), { x: corner.x + padding, y: corner.y + padding, side });
  let y = corner.y + padding + 1;
  y += sheet.text(medium.label, { x, y, width, size: isSmall ? 9 : 13, bold: true, maxHeight: bottom - y });
  for (const line of linesOf(medium, translator)) {
    const size = isSmall ? 6 : 8;
    const room = bottom - y;
    if (room < 3) return;
    y += sheet.text(line, { x, y, width, size, maxHeight: Math.min(room, 7) }) + 0.3;
  }
}

function linesOf(medium: Medium, translator: Translator): readonly string[] {
  const { name, kind, generation, capacityBytes, serial, owner } = medium;
  const capacity =
    capacityBytes === null ? '' : translator.text('backups.capacity-tb', { tb: terabytes(capacityBytes) });
  const sort = [generation ?? translator.text(`backups.media-kind-${kind}`), capacity].filter((part) => part !== '');
  return [name, sort.join('  '), serial, owner].filter((line) => line !== '');
}

/** Makers of media count in powers of ten. */
function terabytes(bytes: number): string {
  return (bytes / 1e12).toLocaleString('en', { maximumFractionDigits: 3 });
}
