import type { FindingDetails } from './finding-details.ts';
import type { ImportVerdict } from './report.ts';
import { type RuleId, rules } from './rules.ts';
import type { ScanContext } from './scan-context.ts';

/** Told of any bytes: they say that the scan itself came to its end early. */
const limitRules: ReadonlySet<RuleId> = new Set<RuleId>([
  'scan-time',
  'archive-bomb',
  'archive-entries',
  'stream-limit',
]);

/** One layer of a scan: the context, which member we are in, how deep, and the names it goes by. */
export class Scope {
  readonly context: ScanContext;
  /** Path inside the containers, empty for the file itself. */
  readonly member: string;
  /** Containers around these bytes. */
  readonly depth: number;
  /** File names some loader may see these bytes under. */
  readonly names: readonly string[];
  /** These bytes are likely not what they stand for: of what they break nothing is told, of harm all. */
  readonly #isDoubtful: boolean;

  constructor(context: ScanContext, names: readonly string[], { member = '', depth = 0, isDoubtful = false } = {}) {
    this.context = context;
    this.names = names;
    this.member = member;
    this.depth = depth;
    this.#isDoubtful = isDoubtful;
  }

  report(rule: RuleId, details: FindingDetails = {}): void {
    if (this.#isDoubtful && rules[rule] !== 'dangerous' && !limitRules.has(rule)) return;
    this.context.report(rule, this.member, details);
  }

  recordImport(name: string, verdict: ImportVerdict, offset: number): void {
    this.context.recordImport(name, verdict, this.member, offset);
  }

  /** The layer of a member called `name`, one container deeper. */
  enter(name: string): Scope {
    return this.#inside(name, this.#isDoubtful);
  }

  /** The same for bytes that are encrypted if their archive tells the truth. */
  enterEncrypted(name: string): Scope {
    return this.#inside(name, true);
  }

  #inside(name: string, isDoubtful: boolean): Scope {
    const member = this.member === '' ? name : `${this.member}!/${name}`;
    return new Scope(this.context, [name], { member, depth: this.depth + 1, isDoubtful });
  }
}
