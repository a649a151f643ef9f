/**
 * Static security scan and metadata of model files: reads bytes, never loads, unpickles or extracts anything.
 * Verdicts, rules and limits follow docs/en/scan-rules.md.
 */
export { type ByteSource, bufferSource, type FileSource, openFileSource, sliceSource } from './byte-source.ts';
export { type FilePieces, piecesSource, type WantedBytes } from './first-look/file-pieces.ts';
export type { Format } from './format.ts';
export { defaultScanLimits, type ScanLimits } from './limits.ts';
export { modelscanMessages } from './messages/modelscan-messages.ts';
export type { RankFacts } from './metadata/adapter-rank.ts';
export { baseOfNote } from './metadata/base-of-note.ts';
export { baseNames } from './metadata/base-signatures.ts';
export type { FactReason, Judgement } from './metadata/judgement.ts';
export { factsVersion, type ModelFacts } from './metadata/model-facts.ts';
export { type Recognition, recogniseTensors } from './metadata/recognise.ts';
export type { Tensor } from './metadata/tensor-facts.ts';
export type { OnnxMetadata } from './onnx/onnx-metadata.ts';
export { createScanner, type ScanCall, type Scanner, type ScannerOptions } from './pool/scanner.ts';
export type {
  Finding,
  FindingLocation,
  ImportRecord,
  ImportVerdict,
  ModelMetadata,
  ScanReport,
  Verdict,
} from './report.ts';
export { type RuleId, ruleSetVersion, rules, type Severity } from './rules.ts';
export { type ScanOptions, scanBytes, scanFile } from './scan-file.ts';
