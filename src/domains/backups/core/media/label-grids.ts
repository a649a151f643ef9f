/** A4 sheets of labels as they are sold, in millimetres. */
import type { LabelGrid } from '../../contract/index.ts';

export interface Grid {
  readonly columns: number;
  readonly rows: number;
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly top: number;
  /** Between columns. */
  readonly gap: number;
}

export const gridOf: Readonly<Record<LabelGrid, Grid>> = {
  /** 24 labels, without margins. */
  '3x8': { columns: 3, rows: 8, width: 70, height: 37, left: 0, top: 0.5, gap: 0 },
  /** 14 labels for cases of disks and tapes. */
  '2x7': { columns: 2, rows: 7, width: 99.1, height: 38.1, left: 4.65, top: 15.15, gap: 2.5 },
  /** 44 small labels for spines. */
  '4x11': { columns: 4, rows: 11, width: 48.5, height: 25.4, left: 8, top: 8.8, gap: 0 },
  /** One to cut out. */
  '1x1': { columns: 1, rows: 1, width: 100, height: 50, left: 55, top: 40, gap: 0 },
};

/** Corners of the labels of a sheet, row by row. */
export function cornersOf(grid: Grid): ReadonlyArray<{ readonly x: number; readonly y: number }> {
  return Array.from({ length: grid.columns * grid.rows }, (_, index) => ({
    x: grid.left + (index % grid.columns) * (grid.width + grid.gap),
    y: grid.top + Math.floor(index / grid.columns) * grid.height,
  }));
}
