/** Configuration that makes a loader run something: JSON trees of model folders and configuration kept in metadata. */
import { judgeKerasNode } from '../keras/judge-keras.ts';
import type { RuleId } from '../rules.ts';
import type { Scope } from '../scope.ts';
import { judgeWorkflowNode } from './judge-workflow.ts';
import { JsonObject, type JsonValue, parseStrictJson } from './strict-json.ts';

/** Packages whose classes configuration may name: the loaders import them anyway. */
const knownPackages =
  /^(?:torch|diffusers|transformers|ldm|sgm|timm|safetensors|tokenizers|sentence_transformers|open_clip|modules|comfy|k_diffusion)(?:\.[A-Za-z_]\w*)+$/;

/** Keys under which configuration systems name what to call (Hydra, OmegaConf of latent-diffusion, MLflow, jsonargparse). */
const callableKeys: ReadonlySet<string> = new Set([
  '_target_',
  'target',
  'class_path',
  'loader_module',
  '__class__',
  'callable',
]);

/** Switches that let a repository bring its own code (transformers, diffusers). */
const remoteCodeKeys: ReadonlySet<string> = new Set([
  'auto_map',
  'custom_pipelines',
  'custom_pipeline',
  'trust_remote_code',
]);

/** Encodings that rebuild arbitrary objects (jsonpickle). */
const objectGraphKeys: ReadonlySet<string> = new Set([
  'py/object',
  'py/reduce',
  'py/type',
  'py/function',
  'py/newargs',
  'py/ref',
  'py/id',
  'py/state',
  'py/repr',
]);

/** Keys of index files whose values are file names inside the model's folder (`*.safetensors.index.json`). */
const fileMapKeys: ReadonlySet<string> = new Set(['weight_map']);

/** Judges a tree, every object at every depth, repeated keys included. */
export function judgeConfigTree(scope: Scope, root: JsonValue): void {
  const pending: (readonly [string, JsonValue])[] = [['', root]];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [path, value] = next;
    if (value instanceof JsonObject) {
      judgeKerasNode(scope, path, value);
      judgeWorkflowNode(scope, path, value);
      for (const [key, inner] of value.entries) {
        judgeEntry(scope, path === '' ? key : `${path}.${key}`, key, inner);
        pending.push([path === '' ? key : `${path}.${key}`, inner]);
      }
    } else if (Array.isArray(value)) for (const inner of value) pending.push([path, inner]);
  }
}

/** The same for a tree that is kept as text somewhere else; text that is no JSON is just text. */
export function judgeConfigText(scope: Scope, text: string, place: string): void {
  if (!/^\s*[{[]/.test(text)) return;
  let tree: JsonValue;
  try {
    tree = parseStrictJson(text, scope.context.limits.textDepth);
  } catch {
    return;
  }
  const root = new JsonObject();
  root.entries.push([place, tree]);
  judgeConfigTree(scope, root);
}

function judgeEntry(scope: Scope, path: string, key: string, value: JsonValue): void {
  const rule = ruleFor(key, value);
  if (rule !== undefined) scope.report(rule, { evidence: `${path}: ${excerpt(value)}` });
}

function ruleFor(key: string, value: JsonValue): RuleId | undefined {
  if (objectGraphKeys.has(key)) return 'json-object-graph';
  if (remoteCodeKeys.has(key) && value !== false && value !== null) return 'json-remote-code';
  if (callableKeys.has(key) && typeof value === 'string') return namesCallable(value) ? 'config-callable' : undefined;
  if (fileMapKeys.has(key) && value instanceof JsonObject) return leavesFolder(value) ? 'json-path-escape' : undefined;
  return undefined;
}

/** A dotted name outside the known packages; a bare word or a sentence is data. */
function namesCallable(value: string): boolean {
  const text = value.trim();
  return /^[A-Za-z_]\w*(?:[.:][A-Za-z_]\w*)+$/.test(text) && !knownPackages.test(text);
}

function leavesFolder(map: JsonObject): boolean {
  return map.entries.some(([, file]) => typeof file === 'string' && climbs(file));
}

/** Whether a relative file name leads out of its folder on any system. */
function climbs(name: string): boolean {
  return (
    /^(?:[/\\]|[A-Za-z]:)/.test(name) || name.split(/[/\\]/).includes('..') || /^[a-z][a-z0-9+.-]*:\/\//i.test(name)
  );
}

function excerpt(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value).slice(0, 100);
}
