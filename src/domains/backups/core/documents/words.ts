/** Figures and phrases of reports in the reader's language. */
import type { DigitName } from '#engines/rule32110';
import type { PrintedBlock, PrintedCell, PrintedTable } from '#platform/documents';
import type { Translator } from '#platform/i18n';

import { mostRows, type ReportFigures } from './gather-figures.ts';

export interface List {
  readonly name: string;
  /** `>` in front: a figure; a digit: its share of the width. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly PrintedCell[])[];
  /** Whether there are more rows than these. */
  readonly isCut?: boolean;
  /** How many rows a list that is cut (`isCut`) says it shows; where it was not cut by `mostRows` of all lists. */
  readonly mostRows?: number;
}

export class Words {
  readonly translator: Translator;

  constructor(translator: Translator) {
    this.translator = translator;
  }

  say(key: string, params?: Readonly<Record<string, string>>): string {
    return this.translator.text(`backups.document.${key}`, params);
  }

  number(value: number): string {
    return this.translator.number(value);
  }

  figure(value: number): PrintedCell {
    return { value, text: this.number(value) };
  }

  bytes(value: number): PrintedCell {
    return { value, text: this.translator.bytes(value) };
  }

  time(instant: string | null): PrintedCell {
    return instant === null ? null : this.translator.time(instant);
  }

  minutes(begun: string, ended: string | null): PrintedCell {
    if (ended === null) return null;
    return this.figure(Math.round((Date.parse(ended) - Date.parse(begun)) / 6000) / 10);
  }

  optional(value: number | null): PrintedCell {
    return value === null ? null : this.figure(value);
  }

  yesOrNo(value: boolean): string {
    return this.say(value ? 'yes' : 'no');
  }

  /** A percentage that is known already. */
  share(percent: number | null): PrintedCell {
    return percent === null ? this.say('no-data') : { value: percent, text: `${this.number(percent)} %` };
  }

  numbers(values: Readonly<Record<string, number>>): Readonly<Record<string, string>> {
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, this.number(value)]));
  }

  fact(key: string, value: number): readonly [string, PrintedCell] {
    return [this.say(key), this.figure(value)];
  }

  percent(part: number, whole: number): PrintedCell {
    if (whole === 0) return this.say('no-data');
    const value = Math.round((part / whole) * 10_000) / 100;
    return { value, text: `${this.number(value)} %` };
  }

  digitRate(assessments: ReportFigures['verdicts']['now'], digit: DigitName): PrintedCell {
    const judged = assessments.filter(({ verdict }) => verdict.status !== 'paused');
    const kept = judged.filter(({ verdict }) => verdict.digits[digit].state === 'pass');
    return this.percent(kept.length, judged.length);
  }

  source(key: string): PrintedBlock {
    return { kind: 'source', text: this.say(`source.${key}`) };
  }

  list({ name, columns, rows, isCut = false, mostRows: most = mostRows }: List): PrintedTable {
    return {
      kind: 'table',
      name,
      columns: columns.map((column) => {
        const [, end, share, key = ''] = /^(>?)(\d?)(.+)$/.exec(column) ?? [];
        return {
          title: this.say(`column.${key}`),
          ...(end === '' ? {} : { align: 'end' as const }),
          ...(share === undefined || share === '' ? {} : { share: Number(share) }),
        };
      }),
      rows,
      ...(isCut ? { leftOut: this.say('left-out', { rows: this.number(most) }) } : {}),
    };
  }
}
