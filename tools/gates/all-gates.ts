import { boundariesGate } from './boundaries-gate.ts';
import { docsGate } from './docs-gate.ts';
import { formatGate } from './format-gate.ts';
import type { Gate } from './gate.ts';
import { lintGate } from './lint-gate.ts';
import { structureGate } from './structure-gate.ts';
import { typesGate } from './types-gate.ts';
import { unusedGate } from './unused-gate.ts';

export const allGates: readonly Gate[] = [
  typesGate,
  lintGate,
  formatGate,
  boundariesGate,
  unusedGate,
  structureGate,
  docsGate,
];
