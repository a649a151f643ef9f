/**
 * The symbolic machine: CPython's C unpickler with judgements instead of effects (Modules/_pickle.c, protocols 0-5).
 * It keeps the real stack, marks, fence and memo, because names reach imports through all of them.
 */

import type { FindingDetails } from '../finding-details.ts';
import type { ScanLimits } from '../limits.ts';
import type { ImportVerdict } from '../report.ts';
import type { RuleId } from '../rules.ts';
import { ScanStop } from '../scan-stop.ts';
import { allowedImports } from './allow-list.ts';
import { judgeImport } from './import-policy.ts';
import type { PickleReader } from './pickle-reader.ts';
import {
  type ImportNode,
  isNode,
  type PickleNode,
  type PickleValue,
  type StorageReference,
  type TensorView,
} from './pickle-value.ts';

/** Receives what the machine notices. */
export interface PickleObserver {
  report(rule: RuleId, details: FindingDetails): void;
  recordImport(name: string, verdict: ImportVerdict, offset: number): void;
  onStorage(reference: StorageReference): void;
  onView(view: TensorView): void;
  /** Keys and values by turns go into a dictionary. */
  onItems?(target: PickleNode, items: readonly PickleValue[]): void;
}

export interface MachineOptions {
  readonly reader: PickleReader;
  readonly limits: ScanLimits;
  /** Where fewer opcodes are left than `limits` allow. */
  readonly mostOpcodes?: number;
  readonly observer: PickleObserver;
  /** Whether torch's storage form of persistent ids is ordinary here. */
  readonly torchStorages: boolean;
  /** Whether the forms that only torch's layout before 1.6 has are ordinary here too: classes with source, views. */
  readonly torchContainers?: boolean;
  /** Whether the numbers of tensors are ordinary persistent ids here (torch's oldest layout). */
  readonly tensorNumbers?: boolean;
  /** Import names that are no dotted identifiers end the walk: for guessing whether bytes are a pickle at all. */
  readonly strictNames?: boolean;
}

interface Frame {
  readonly stack: PickleValue[];
  readonly marks: number[];
  readonly memo: Map<number, PickleValue>;
  readonly protocol: number;
}

export type OpcodeHandler = (machine: PickleMachine) => void;

export class PickleMachine {
  readonly reader: PickleReader;
  readonly observer: PickleObserver;
  readonly torchStorages: boolean;
  readonly torchContainers: boolean;
  readonly tensorNumbers: boolean;
  readonly limits: ScanLimits;
  stack: PickleValue[] = [];
  memo = new Map<number, PickleValue>();
  protocol = 0;
  stopped = false;
  /** What the pickle is, once stopped. */
  result: PickleValue = null;
  importCount = 0;
  opcodes = 0;
  /** Offset of the opcode at work. */
  offset = 0;
  #marks: number[] = [];
  readonly #frames: Frame[] = [];
  readonly #handlers: readonly (OpcodeHandler | undefined)[];
  readonly #strictNames: boolean;
  readonly #mostOpcodes: number;

  constructor(options: MachineOptions, handlers: readonly (OpcodeHandler | undefined)[]) {
    this.reader = options.reader;
    this.limits = options.limits;
    this.#mostOpcodes = options.mostOpcodes ?? options.limits.pickleOpcodes;
    this.observer = options.observer;
    this.torchStorages = options.torchStorages;
    this.torchContainers = options.torchContainers ?? false;
    this.tensorNumbers = options.tensorNumbers ?? false;
    this.#strictNames = options.strictNames ?? false;
    this.#handlers = handlers;
  }

  /** Runs up to `count` opcodes. @throws ScanStop where CPython would fail or a limit is reached. */
  run(count: number): void {
    for (let done = 0; done < count && !this.stopped; done += 1) this.#step();
  }

  #step(): void {
    this.offset = this.reader.position;
    const opcode = this.reader.byte();
    this.opcodes += 1;
    if (this.opcodes > this.#mostOpcodes) throw this.overLimit('opcodes', this.#mostOpcodes);
    const handler = this.#handlers[opcode];
    if (handler === undefined) throw this.broken(`unknown opcode 0x${opcode.toString(16).padStart(2, '0')}`);
    handler(this);
  }

  broken(evidence: string): ScanStop {
    return new ScanStop('pickle-broken', { offset: this.offset, evidence });
  }

  overLimit(what: string, limit: number): ScanStop {
    return new ScanStop('pickle-limit', { offset: this.offset, evidence: `${what} > ${limit}` });
  }

  report(rule: RuleId, evidence: string): void {
    this.observer.report(rule, { offset: this.offset, evidence });
  }

  push(value: PickleValue): void {
    if (this.stack.length >= this.limits.pickleStack) throw this.overLimit('stack', this.limits.pickleStack);
    if (isNode(value)) this.checkSize(value);
    this.stack.push(value);
  }

  checkSize(value: { readonly nodes: number; readonly depth: number }): void {
    if (value.nodes > this.limits.pickleNodes) throw this.overLimit('object graph', this.limits.pickleNodes);
    if (value.depth > this.limits.pickleNesting) throw this.overLimit('nesting', this.limits.pickleNesting);
  }

  get #fence(): number {
    return this.#marks.at(-1) ?? 0;
  }

  pop(): PickleValue {
    const value = this.stack.length > this.#fence ? this.stack.pop() : undefined;
    if (value === undefined) throw this.broken('stack underflow');
    return value;
  }

  /** The value `below` places under the top. */
  peek(below = 0): PickleValue {
    const index = this.stack.length - 1 - below;
    const value = index >= this.#fence ? this.stack[index] : undefined;
    if (value === undefined) throw this.broken('stack underflow');
    return value;
  }

  mark(): void {
    if (this.#marks.length >= this.limits.pickleStack) throw this.overLimit('marks', this.limits.pickleStack);
    this.#marks.push(this.stack.length);
  }

  /** `POP`: a mark right at the top goes instead of a value. */
  popOrUnmark(): void {
    if (this.#marks.at(-1) === this.stack.length) this.#marks.pop();
    else this.pop();
  }

  /** Takes the values above the last mark, and the mark. */
  popToMark(): PickleValue[] {
    const start = this.#marks.pop();
    if (start === undefined) throw this.broken('no mark on the stack');
    return this.stack.splice(start);
  }

  putMemo(index: number): void {
    if (index > this.opcodes + this.limits.pickleMemoSlack) throw this.overLimit('memo index', index);
    this.memo.set(index, this.peek());
    if (this.memo.size > this.limits.pickleMemo) throw this.overLimit('memo', this.limits.pickleMemo);
  }

  getMemo(index: number): void {
    const value = this.memo.get(index);
    if (value === undefined) throw this.broken(`memo ${index} is empty`);
    this.push(value);
  }

  /** Judges an import and gives the symbolic class or function. */
  importName(module: string, name: string): ImportNode {
    if (this.#strictNames && !isDottedName(`${module}.${name}`)) throw this.broken('no module name');
    this.importCount += 1;
    const judged = judgeImport({ module, name }, this.protocol);
    this.observer.recordImport(judged.name, judged.verdict, this.offset);
    if (judged.rule !== undefined) this.report(judged.rule, judged.name);
    return { kind: 'import', name: judged.name, shape: allowedImports.get(judged.name), nodes: 1, depth: 1 };
  }

  /** An import whose name is not a literal: nobody can say what it loads. */
  importComputed(evidence: string): void {
    this.importCount += 1;
    this.report('pickle-import-computed', evidence);
  }

  /** Starts a pickle inside this one (joblib's object arrays); its `STOP` comes back here. */
  enterNested(): void {
    if (this.#frames.length >= this.limits.archiveDepth)
      throw this.overLimit('nested pickles', this.limits.archiveDepth);
    this.#frames.push({ stack: this.stack, marks: this.#marks, memo: this.memo, protocol: this.protocol });
    this.stack = [];
    this.#marks = [];
    this.memo = new Map();
    this.protocol = 0;
  }

  stop(): void {
    this.result = this.pop();
    const frame = this.#frames.pop();
    if (frame === undefined) {
      this.stopped = true;
      return;
    }
    this.stack = frame.stack;
    this.#marks = frame.marks;
    this.memo = frame.memo;
    this.protocol = frame.protocol;
  }
}

function isDottedName(text: string): boolean {
  return /^[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)+$/u.test(text);
}
