/**
 * A workbook (ECMA-376, Office Open XML): an overview and a sheet for each table and each chart. Only texts and numbers are
 * written, so nothing in it is ever computed; what looks like a formula keeps being text when somebody edits it.
 */
import {
  type PrintedBars,
  type PrintedCell,
  type PrintedDocument,
  type PrintedTable,
  textOf,
} from './printed-document.ts';
import { writeZip } from './zip.ts';

interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly PrintedCell[])[];
  /** In characters. */
  readonly widths: readonly number[];
  /** Whether the first row names the columns. */
  readonly hasHead: boolean;
}

export function renderXlsx(document: PrintedDocument): Uint8Array {
  const sheets = sheetsOf(document);
  const texts: Readonly<Record<string, string>> = {
    '[Content_Types].xml': contentTypes(sheets),
    '_rels/.rels': relations([
      ['officeDocument', 'xl/workbook.xml'],
      ['metadata/core-properties', 'docProps/core.xml'],
    ]),
    'docProps/core.xml': properties(document),
    'xl/workbook.xml': workbook(sheets),
    'xl/_rels/workbook.xml.rels': relations([
      ...sheets.map((_sheet, index) => ['worksheet', `worksheets/sheet${index + 1}.xml`] as const),
      ['styles', 'styles.xml'],
    ]),
    'xl/styles.xml': styles,
    ...Object.fromEntries(sheets.map((sheet, index) => [`xl/worksheets/sheet${index + 1}.xml`, sheetXml(sheet)])),
  };
  const files = Object.entries(texts).map(([name, text]) => ({ name, content: Buffer.from(declaration + text) }));
  return writeZip(files, { deflate: true });
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';
const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

function sheetsOf(document: PrintedDocument): readonly Sheet[] {
  const taken = new Set<string>();
  const parts = document.sections.flatMap(({ title, blocks }) =>
    blocks.flatMap((block) => {
      if (block.kind === 'table') return [{ title: block.title ?? title, ...tableRows(block) }];
      return block.kind === 'bars' ? [{ title: block.title, ...barRows(block) }] : [];
    }),
  );
  const first = { title: document.title, rows: overview(document), widths: [44, 60], hasHead: false };
  return [first, ...parts].map(({ title, ...sheet }) => ({ name: sheetName(title, taken), ...sheet }));
}

/** What stands in no table: titles, figures, and how they were counted. */
function overview({ title, period, made, sections }: PrintedDocument): Sheet['rows'] {
  const said = sections.flatMap((section) => {
    const rows = section.blocks.flatMap((block): readonly (readonly PrintedCell[])[] => {
      if (block.kind === 'facts') return block.facts;
      return block.kind === 'paragraph' || block.kind === 'source' ? [[null, block.text]] : [];
    });
    return [[null], [section.title], ...rows];
  });
  return [[title], [period], [made], ...said];
}

const charactersPerShare = 22;

function tableRows({ columns, rows, leftOut }: PrintedTable): Omit<Sheet, 'name'> {
  return {
    rows: [columns.map(({ title }) => title), ...rows, ...(leftOut === undefined ? [] : [[leftOut]])],
    widths: columns.map(({ share = 1 }) => share * charactersPerShare),
    hasHead: true,
  };
}

function barRows({ title, bars }: PrintedBars): Omit<Sheet, 'name'> {
  const rows = bars.map(({ label, value, text }) => [label, { value, text }, text]);
  return {
    rows: [[null, title, null], ...rows],
    widths: [charactersPerShare, charactersPerShare, charactersPerShare],
    hasHead: true,
  };
}

const longestSheetName = 31;

function sheetName(title: string, taken: Set<string>): string {
  const plain =
    clean(title)
      .replaceAll(/[[\]:*?/\\]/g, ' ')
      // One of this kind may not stand at either end.
      .replaceAll("'", '’')
      .trim() || 'Sheet';
  for (let number = 1; ; number += 1) {
    const end = number === 1 ? '' : ` ${number}`;
    const name = `${cut(plain, longestSheetName - end.length)}${end}`;
    // Names differ by more than their case.
    if (taken.has(name.toLowerCase())) continue;
    taken.add(name.toLowerCase());
    return name;
  }
}

function sheetXml({ rows, widths, hasHead }: Sheet): string {
  const columns = widths.map(
    (width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
  );
  const pane = hasHead ? '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' : '';
  const lines = rows.map((cells, row) => {
    const isHead = row === 0;
    return `<row r="${row + 1}">${cells.map((cell, column) => cellXml(cell, `${letters(column)}${row + 1}`, isHead)).join('')}</row>`;
  });
  return `<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews><cols>${columns.join('')}</cols><sheetData>${lines.join('')}</sheetData></worksheet>`;
}

/** Numbers of `cellXfs` below. */
const look = { plain: 0, head: 1, guarded: 2 } as const;

function cellXml(cell: PrintedCell, reference: string, isHead: boolean): string {
  if (cell === null) return '';
  if (typeof cell !== 'string' && Number.isFinite(cell.value)) return `<c r="${reference}"><v>${cell.value}</v></c>`;
  const text = cut(clean(textOf(cell)), longestText);
  const style = isHead ? look.head : textLook(text);
  return `<c r="${reference}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
}

/** What a spreadsheet would compute once somebody has edited the cell. */
function textLook(text: string): number {
  return /^[=+\-@＝＋－＠]/.test(text) ? look.guarded : look.plain;
}

const longestText = 32_767;

/** Never between the halves of a character. */
function cut(text: string, length: number): string {
  return text.length <= length ? text : text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '');
}

/** Without what XML cannot hold. */
function clean(text: string): string {
  return text.toWellFormed().replaceAll(/[^\P{Cc}\t\n]|[\uFFFE\uFFFF]/gu, '');
}

/** `_x000D_` would be read as a character (ECMA-376, 22.9.2.19). */
function escaped(text: string): string {
  return text
    .replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** 0 is A, 26 is AA. */
function letters(column: number): string {
  const rest = column < 26 ? '' : letters(Math.floor(column / 26) - 1);
  return rest + String.fromCodePoint(65 + (column % 26));
}

function contentTypes(sheets: readonly Sheet[]): string {
  const parts = [
    ['/xl/workbook.xml', `${sheetType}.sheet.main+xml`],
    ['/xl/styles.xml', `${sheetType}.styles+xml`],
    ['/docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties+xml'],
    ...sheets.map((_sheet, index) => [`/xl/worksheets/sheet${index + 1}.xml`, `${sheetType}.worksheet+xml`] as const),
  ];
  const overrides = parts.map(([name, type]) => `<Override PartName="${name}" ContentType="${type}"/>`);
  return `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${overrides.join('')}</Types>`;
}

function relations(targets: readonly (readonly [type: string, target: string])[]): string {
  const all = targets.map(([type, target], index) => {
    const kind = type.startsWith('metadata/') ? `${packages}/relationships/${type}` : `${office}/${type}`;
    return `<Relationship Id="rId${index + 1}" Type="${kind}" Target="${target}"/>`;
  });
  return `<Relationships xmlns="${packages}/relationships">${all.join('')}</Relationships>`;
}

function workbook(sheets: readonly Sheet[]): string {
  const all = sheets.map(
    ({ name }, index) => `<sheet name="${escaped(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  );
  return `<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${all.join('')}</sheets></workbook>`;
}

function properties({ title, at, language }: PrintedDocument): string {
  return `<cp:coreProperties xmlns:cp="${packages}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${escaped(clean(title))}</dc:title><dc:creator>Kura</dc:creator><dc:language>${language}</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">${at}</dcterms:created></cp:coreProperties>`;
}

/** Plain, heading, text that keeps being text. */
const styles = `<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/><xf xfId="0" quotePrefix="1"/></cellXfs></styleSheet>`;
