/** Programs that touch untrusted files, run where they can do no harm; and an honest word on how far that goes (ADR 0020). */
import type { Catalogues } from '#kernel/messages';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

export type { IsolatedRequest, IsolatedResult, IsolationLevel, KilledBy, VisiblePath } from './isolated-request.ts';
export { createIsolation, type Isolation, type IsolationDeps } from './isolation.ts';
export { isolationProbe } from './isolation-probe.ts';
export { isolationRoutes } from './isolation-routes.ts';
export type { IsolationAspect, IsolationState } from './isolation-state.ts';
export { type IsolationLimits, isolationPresets } from './limits.ts';
export { presentIsolation } from './present-isolation.ts';
export {
  type ScriptFailure,
  type ScriptFault,
  type ScriptLimits,
  scriptFaults,
  scriptLimits,
} from './scripts/script-request.ts';
export {
  createScriptSandbox,
  type ScriptCall,
  type ScriptResult,
  type ScriptSandbox,
} from './scripts/script-sandbox.ts';
export const isolationMessages: Catalogues = { en, ja };
