import type { FindingDetails } from './finding-details.ts';
import type { ImportVerdict } from './report.ts';
import type { RuleId } from './rules.ts';
import type { ScanContext } from './scan-context.ts';

/** One layer of a scan: the context, which member we are in, how deep, and the names it goes by. */
export class Scope {
  readonly context: ScanContext;
  /** Path inside the containers, empty for the file itself. */
  readonly member: string;
  /** Containers around these bytes. */
  readonly depth: number;
  /** File names some loader may see these bytes under. */
  readonly names: readonly string[];

  constructor(context: ScanContext, names: readonly string[], member = '', depth = 0) {
    this.context = context;
    this.names = names;
    this.member = member;
    this.depth = depth;
  }

  report(rule: RuleId, details: FindingDetails = {}): void {
    this.context.report(rule, this.member, details);
  }

  recordImport(name: string, verdict: ImportVerdict, offset: number): void {
    this.context.recordImport(name, verdict, this.member, offset);
  }

  /** The layer of a member called `name`, one container deeper. */
  enter(name: string): Scope {
    const member = this.member === '' ? name : `${this.member}!/${name}`;
    return new Scope(this.context, [name], member, this.depth + 1);
  }
}
