/** A document as data: what stands in it, in the reader's language, and not yet how it looks. */
import type { Instant } from '#kernel/brands';
import type { Language } from '#kernel/messages';

/** A figure has its value beside it, for formats that programs read. */
export type PrintedCell = string | { readonly value: number; readonly text: string } | null;

export interface PrintedColumn {
  readonly title: string;
  readonly align?: 'start' | 'end';
  /** Share of the width; 1 unless said otherwise. */
  readonly share?: number;
}

export interface PrintedTable {
  readonly kind: 'table';
  /** Letters, digits and hyphens: name of its file where each table is one. */
  readonly name: string;
  readonly title?: string;
  readonly columns: readonly PrintedColumn[];
  readonly rows: readonly (readonly PrintedCell[])[];
  /** Rows that there are besides; said below the table. */
  readonly leftOut?: string;
}

export interface PrintedBars {
  readonly kind: 'bars';
  readonly title: string;
  /** Largest value that a bar can have; the largest there is unless said otherwise. */
  readonly most?: number;
  readonly bars: readonly { readonly label: string; readonly value: number; readonly text: string }[];
}

export type PrintedBlock =
  | { readonly kind: 'paragraph'; readonly text: string }
  /** Where the figures come from, and how they were counted. */
  | { readonly kind: 'source'; readonly text: string }
  | { readonly kind: 'facts'; readonly facts: ReadonlyArray<readonly [name: string, value: PrintedCell]> }
  | PrintedTable
  | PrintedBars;

export interface PrintedSection {
  readonly title: string;
  readonly blocks: readonly PrintedBlock[];
}

export interface PrintedDocument {
  readonly language: Language;
  readonly title: string;
  /** Of what time it tells. */
  readonly period: string;
  /** When it was made and for whom, as people read it. */
  readonly made: string;
  readonly at: Instant;
  /** Heading of the contents, and of the number of a page: `Page {page} of {pages}`. */
  readonly words: { readonly contents: string; readonly page: (page: number, pages: number) => string };
  readonly sections: readonly PrintedSection[];
}

export function textOf(cell: PrintedCell): string {
  if (cell === null) return '';
  return typeof cell === 'string' ? cell : cell.text;
}

export function tablesOf(document: PrintedDocument): readonly PrintedTable[] {
  return document.sections.flatMap(({ blocks }) => blocks.filter((block) => block.kind === 'table'));
}
