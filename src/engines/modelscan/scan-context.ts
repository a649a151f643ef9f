/** What one scan collects and how much it may still spend; shared by every part that looks at some of the bytes. */
import { threadCpuUsage } from 'node:process';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { systemClock } from '#kernel/clock';

import type { FindingDetails } from './finding-details.ts';
import type { Format } from './format.ts';
import type { ScanLimits } from './limits.ts';
import { TensorRecord } from './metadata/tensor-record.ts';
import type { Finding, FindingLocation, ImportRecord, ImportVerdict, ModelMetadata } from './report.ts';
import { type RuleId, rules, type Severity } from './rules.ts';
import { ScanStop } from './scan-stop.ts';

/** More distinct findings of one rule help nobody; the verdict still counts the rest, and other rules keep their room. */
const MOST_OF_ONE_RULE = 200;
const MAX_IMPORTS = 5000;
const EVIDENCE_LENGTH = 200;
const BREATH_MS = 40;
/** Scans of small files are shorter: that they began costs them no call into the system. */
const SHORT_MS = 5;

export interface ContextOptions {
  readonly fileSize: number;
  readonly limits: ScanLimits;
  /** Where the scanned file lies; absent for bytes that are no file of their own. */
  readonly folder?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** CPU milliseconds used by this thread so far. */
  readonly cpuMs?: (() => number) | undefined;
  /** Told of each finding at once, so that it survives when the thread is ended from outside. */
  readonly onFinding?: ((finding: Finding) => void) | undefined;
}

/** What long work asks from time to time. */
export interface Breathing {
  needsBreath(): boolean;
  breathe(): Promise<void>;
}

export class ScanContext implements Breathing {
  readonly limits: ScanLimits;
  readonly severities = new Set<Severity>();
  readonly formats = new Set<Format>();
  /** Bytes of the outermost source: what inflation is measured against. */
  readonly fileSize: number;
  /** Folder of the outermost file, for what it refers to beside it. */
  readonly folder: string | undefined;
  bytesRead = 0;
  /** Members of all containers met so far. */
  entries = 0;
  /** Bytes that came out of decompression so far. */
  inflated = 0;
  metadata: ModelMetadata | undefined;
  /** Tensors and notes of the outermost file. */
  readonly record = new TensorRecord();

  readonly #findings = new Map<string, Finding>();
  readonly #ofRule = new Map<RuleId, number>();
  readonly #imports = new Map<string, ImportRecord>();
  readonly #signal: AbortSignal | undefined;
  readonly #cpuMs: () => number;
  readonly #onFinding: ((finding: Finding) => void) | undefined;
  readonly #started = systemClock.monotonic();
  #breathedAt = this.#started;
  /** What the thread had used before this scan; asked for late, because most scans are over before it matters. */
  #startedCpu: number | undefined;

  constructor(options: ContextOptions) {
    this.limits = options.limits;
    this.fileSize = options.fileSize;
    this.folder = options.folder;
    this.#signal = options.signal;
    this.#cpuMs = options.cpuMs ?? threadCpuMs;
    this.#onFinding = options.onFinding;
  }

  get findings(): readonly Finding[] {
    return [...this.#findings.values()];
  }

  get imports(): readonly ImportRecord[] {
    return [...this.#imports.values()];
  }

  get signal(): AbortSignal | undefined {
    return this.#signal;
  }

  report(rule: RuleId, member: string, details: FindingDetails = {}): void {
    const severity = rules[rule];
    const evidence = printable(details.evidence ?? '');
    const key = `${rule}\0${member}\0${evidence}`;
    this.severities.add(severity);
    if (this.#findings.has(key)) return;
    const count = this.#ofRule.get(rule) ?? 0;
    if (count >= MOST_OF_ONE_RULE) return;
    this.#ofRule.set(rule, count + 1);
    const finding: Finding = {
      rule,
      severity,
      message: { key: `modelscan.${rule}`, params: { evidence, ...details.params } },
      location: locationOf(member, details.offset),
      evidence,
      reference: `scan-rules.md#${rule}`,
    };
    this.#findings.set(key, finding);
    this.#onFinding?.(finding);
  }

  recordImport(name: string, verdict: ImportVerdict, member: string, offset: number): void {
    const key = printable(name);
    if (this.#imports.has(key)) return;
    if (this.#imports.size >= MAX_IMPORTS) {
      this.report('pickle-import-count', member, { offset, evidence: String(MAX_IMPORTS) });
      return;
    }
    this.#imports.set(key, { name: key, verdict, location: locationOf(member, offset) });
  }

  /**
   * Asked between slices of work: whether events have waited for long. It is a question of its own because to wait for
   * nothing takes longer than to scan a small file. @throws as `checkTime`
   */
  needsBreath(): boolean {
    const now = systemClock.monotonic();
    this.#checkTime(now);
    return now - this.#breathedAt >= BREATH_MS;
  }

  /** Lets events in. @throws the abort reason when the scan was cancelled meanwhile. */
  async breathe(): Promise<void> {
    await nextTurn();
    this.#breathedAt = systemClock.monotonic();
    this.#signal?.throwIfAborted();
  }

  /** @throws ScanStop when the scan has used its CPU time; the abort reason when it was cancelled. */
  checkTime(): void {
    this.#checkTime(systemClock.monotonic());
  }

  #checkTime(now: number): void {
    this.#signal?.throwIfAborted();
    const passed = now - this.#started;
    if (passed > SHORT_MS) this.#startedCpu ??= this.#cpuMs() - passed;
    // A thread cannot have used more than has passed, and asking what passed is cheaper.
    if (this.#startedCpu === undefined || passed <= this.limits.cpuMs) return;
    if (this.#cpuMs() - this.#startedCpu > this.limits.cpuMs) {
      throw new ScanStop('scan-time', { evidence: `${this.limits.cpuMs} ms` });
    }
  }
}

function threadCpuMs(): number {
  const usage = threadCpuUsage();
  return (usage.user + usage.system) / 1000;
}

function locationOf(member: string, offset: number | undefined): FindingLocation {
  return { ...(member === '' ? {} : { member }), ...(offset === undefined ? {} : { offset }) };
}

/** Evidence comes from hostile files and ends on terminals: control and direction characters become visible. */
function printable(text: string): string {
  const short = text.length > EVIDENCE_LENGTH ? `${text.slice(0, EVIDENCE_LENGTH)}…` : text;
  return short.replaceAll(
    /[\p{C}\u2028\u2029]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}
