import type { MessageParams } from '#kernel/errors';

import type { WantedBytes } from './first-look/file-pieces.ts';
import type { Format } from './format.ts';
import type { ModelFacts } from './metadata/model-facts.ts';
import type { OnnxMetadata } from './onnx/onnx-metadata.ts';
import type { RuleId, Severity } from './rules.ts';

/** Worst first: several findings, the worst wins. `unscanned`: nothing of the file could be read. */
export type Verdict = 'dangerous' | 'invalid' | 'suspicious' | 'clean' | 'unscanned';

export interface FindingLocation {
  /** Path inside the containers, outermost first, joined by `!/`; absent for the file itself. */
  readonly member?: string;
  /** Byte offset inside the member (inside the inflated bytes where it is compressed). */
  readonly offset?: number;
}

export interface Finding {
  readonly rule: RuleId;
  readonly severity: Severity;
  /** Key and parameters of the sentence for people; `modelscanMessages` has it in ja and en. */
  readonly message: { readonly key: string; readonly params: MessageParams };
  readonly location: FindingLocation;
  /** What was found, shortened and made printable: a name, a header field, an opcode. */
  readonly evidence: string;
  /** Anchor in the docs page of scan rules. */
  readonly reference: string;
}

export type ImportVerdict = 'allowed' | 'unknown' | 'denied';

export interface ImportRecord {
  /** Full dotted name as loaded, after the Python 2 name mapping. */
  readonly name: string;
  readonly verdict: ImportVerdict;
  /** Where it was met first. */
  readonly location: FindingLocation;
}

/** What is worth remembering of a file besides its verdict and its facts. */
export interface ModelMetadata {
  readonly onnx?: OnnxMetadata;
}

export interface ScanReport {
  readonly path: string;
  /** The format of the outermost layer. */
  readonly format: Format;
  /** All formats met in the file, containers and members. */
  readonly formats: readonly Format[];
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  readonly imports: readonly ImportRecord[];
  readonly bytesRead: number;
  readonly sizeBytes: number;
  /** Modification time the verdict is bound to, milliseconds since the epoch; absent for buffers. */
  readonly modifiedMs?: number;
  readonly ms: number;
  readonly ruleSetVersion: string;
  readonly metadata?: ModelMetadata;
  /** What model it is; absent for files without tensors and without notes. */
  readonly facts?: ModelFacts;
  /** In a look at pieces of a file: the bytes without which it could not go on. */
  readonly wanted?: WantedBytes;
}

const worstFirst: readonly Severity[] = ['dangerous', 'invalid', 'suspicious'];

export function verdictOf(severities: ReadonlySet<Severity>): Verdict {
  return worstFirst.find((severity) => severities.has(severity)) ?? 'clean';
}
