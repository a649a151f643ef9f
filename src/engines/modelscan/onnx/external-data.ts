/** Files beside a model that hold its tensors: they must lie in its folder, be regular, and long enough. */
import { realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';

import { leavesFolder } from '../leaves-folder.ts';
import { ScanStop } from '../scan-stop.ts';
import type { Scope } from '../scope.ts';

export interface ExternalRange {
  readonly offset: bigint;
  readonly length: bigint;
  /** Where in the model the tensor stands. */
  readonly at: number;
}

/** Its size in bytes, or why there is none. */
type Target = bigint | 'missing' | 'outside';

/** No model spreads over more. */
const MOST_FILES = 10_000;

export class ExternalData {
  readonly #folder: string | undefined;
  readonly #targets = new Map<string, Target>();

  /** @param folder where the model lies; undefined when it is no file of its own. */
  constructor(folder: string | undefined) {
    this.#folder = folder;
  }

  check(scope: Scope, location: string, range: ExternalRange): void {
    if (leavesFolder(location)) {
      scope.report('onnx-external-escape', { offset: range.at, evidence: location });
      return;
    }
    if (this.#folder === undefined) {
      scope.report('onnx-external-unchecked', { offset: range.at, evidence: location });
      return;
    }
    const target = this.#find(this.#folder, location, range.at);
    if (target === 'outside') scope.report('onnx-external-escape', { offset: range.at, evidence: location });
    else if (target === 'missing')
      scope.report('onnx-external-missing', { offset: range.at, evidence: `${location}: no such file` });
    else if (range.offset + range.length > target) {
      const evidence = `${location}: ${range.offset + range.length} bytes wanted, ${target} there`;
      scope.report('onnx-external-missing', { offset: range.at, evidence });
    }
  }

  #find(folder: string, location: string, at: number): Target {
    const known = this.#targets.get(location);
    if (known !== undefined) return known;
    if (this.#targets.size >= MOST_FILES)
      throw new ScanStop('onnx-limit', { offset: at, evidence: `${MOST_FILES} external files` });
    const target = lookAt(folder, location);
    this.#targets.set(location, target);
    return target;
  }
}

/** Links are resolved by name only; nothing outside of the folder is opened or asked for its size. */
function lookAt(folder: string, location: string): Target {
  try {
    const root = realpathSync(folder);
    const path = realpathSync(join(root, location));
    if (!path.startsWith(root.endsWith(sep) ? root : root + sep)) return 'outside';
    const facts = statSync(path, { bigint: true });
    return facts.isFile() ? facts.size : 'missing';
  } catch {
    return 'missing';
  }
}
