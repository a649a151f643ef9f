import { GIB, KIB, MIB, SECOND } from '#kernel/units';

/** Every bound of a scan (scan-rules §8). All are checked before memory is reserved. */
export interface ScanLimits {
  /** Containers inside containers; the outermost one is depth 1. */
  readonly archiveDepth: number;
  /** Members of all containers of one scan together. */
  readonly archiveEntries: number;
  /** Inflated bytes of one member that is parsed. */
  readonly inflatedMember: number;
  /** What headers may announce in total, on top of four times the file. */
  readonly inflatedSlack: number;
  /** Announced size over stored size, for members above `ratioFloor`. */
  readonly ratio: number;
  readonly ratioFloor: number;
  readonly pickleOpcodes: number;
  readonly pickleStack: number;
  readonly pickleMemo: number;
  readonly pickleNesting: number;
  /** How far a memo index may run ahead of the opcodes read so far. */
  readonly pickleMemoSlack: number;
  /** Nodes of the object graph, shared parts counted each time they are used. */
  readonly pickleNodes: number;
  readonly safetensorsHeader: number;
  readonly ggufBytes: number;
  readonly ggufElements: number;
  readonly npyHeader: number;
  readonly jsonBytes: number;
  readonly yamlBytes: number;
  readonly textDepth: number;
  readonly yamlAliasNodes: number;
  readonly protobufDepth: number;
  /** Milliseconds of this thread's CPU, decompression not counted. */
  readonly cpuMs: number;
}

export const defaultScanLimits: ScanLimits = {
  archiveDepth: 4,
  archiveEntries: 100_000,
  inflatedMember: 256 * MIB,
  inflatedSlack: GIB,
  ratio: 200,
  ratioFloor: 16 * MIB,
  pickleOpcodes: 20_000_000,
  pickleStack: 1_000_000,
  pickleMemo: 5_000_000,
  pickleNesting: 10_000,
  pickleMemoSlack: 1_000_000,
  pickleNodes: 100_000_000,
  safetensorsHeader: 100_000_000,
  ggufBytes: 64 * MIB,
  ggufElements: 64 * MIB,
  npyHeader: 64 * KIB,
  jsonBytes: 64 * MIB,
  yamlBytes: 4 * MIB,
  textDepth: 200,
  yamlAliasNodes: 1_000_000,
  protobufDepth: 100,
  cpuMs: 20 * SECOND,
};
