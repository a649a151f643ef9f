import type { ByteSource } from '../byte-source.ts';
import type { Scope } from '../scope.ts';

/** Scans what a container holds; handed to container scanners so that they need not know the formats. */
export type MemberScanner = (scope: Scope, source: ByteSource) => Promise<void>;
