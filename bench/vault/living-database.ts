/** An SQLite database as an application keeps one: texts, numbers, times, two indexes; and what a day does to it. */
import { DatabaseSync } from 'node:sqlite';

import { Prose, seeded } from './prose.ts';

const ROW_BYTES = 900;

export class LivingDatabase {
  readonly #file: string;
  readonly #random = seeded(7);
  readonly #prose = new Prose();
  #rows = 0;

  constructor(file: string) {
    this.#file = file;
  }

  fill(bytes: number): void {
    using database = new DatabaseSync(this.#file);
    database.exec(`
      PRAGMA journal_mode = DELETE; PRAGMA synchronous = OFF;
      CREATE TABLE entry (id INTEGER PRIMARY KEY, title TEXT NOT NULL, body TEXT NOT NULL, digest TEXT NOT NULL,
        rating REAL NOT NULL, changed_at TEXT NOT NULL);
      CREATE INDEX entry_title ON entry (title); CREATE INDEX entry_changed ON entry (changed_at);
    `);
    this.#insert(database, Math.ceil(bytes / ROW_BYTES));
  }

  /** New rows at the end, and changes mostly among the newest: a fifth of the changes meets any row. */
  liveOneDay(): void {
    using database = new DatabaseSync(this.#file);
    database.exec('PRAGMA synchronous = OFF; BEGIN');
    const change = database.prepare('UPDATE entry SET body = ?, rating = ?, changed_at = ? WHERE id = ?');
    const changes = Math.ceil(this.#rows / 500);
    for (let count = 0; count < changes; count += 1) {
      const span = count % 5 === 0 ? this.#rows : Math.ceil(this.#rows / 50);
      const id = this.#rows - Math.floor(this.#random() * span);
      change.run(this.#prose.text(600), this.#random() * 5, this.#time(), id);
    }
    database.exec('COMMIT');
    this.#insert(database, changes);
  }

  #insert(database: DatabaseSync, count: number): void {
    const insert = database.prepare(
      'INSERT INTO entry (title, body, digest, rating, changed_at) VALUES (?, ?, ?, ?, ?)',
    );
    database.exec('BEGIN');
    for (let row = 0; row < count; row += 1) {
      const digest = Array.from({ length: 4 }, () => Math.floor(this.#random() * 2 ** 32).toString(16)).join('');
      insert.run(this.#prose.text(30), this.#prose.text(600), digest, this.#random() * 5, this.#time());
    }
    database.exec('COMMIT');
    this.#rows += count;
  }

  #time(): string {
    return new Date(1_700_000_000_000 + Math.floor(this.#random() * 5e10)).toISOString();
  }
}
