/** Configuration that makes a loader run something: JSON trees of model folders and configuration kept in metadata. */
import { judgeKerasNode } from '../keras/judge-keras.ts';
import type { RuleId } from '../rules.ts';
import type { Scope } from '../scope.ts';
import { evaluatesCode, namesCallable, namesModule, ruleOfClass } from './callable-names.ts';
import { judgeTemplates } from './config-templates.ts';
import { judgeWorkflowNode } from './judge-workflow.ts';
import { JsonObject, type JsonValue, readLooseJson } from './strict-json.ts';

/** Keys under which configuration systems name what to call (Hydra, OmegaConf of latent-diffusion, MLflow, jsonargparse). */
const callableKeys: ReadonlySet<string> = new Set(['_target_', 'target', 'class_path', '__class__', 'callable']);

/** Keys whose value is a module that gets imported (MLflow, PEFT). */
const moduleKeys: ReadonlySet<string> = new Set(['loader_module', 'parent_library']);

/** Switches that let a repository bring its own code (transformers, diffusers). */
const remoteCodeKeys: ReadonlySet<string> = new Set([
  'auto_map',
  'custom_pipelines',
  'custom_pipeline',
  'trust_remote_code',
  'custom_generate',
]);

/** Where transformers takes the name of a repository for code to fetch, and ordinary values are bare words. */
const kernelKeys: ReadonlySet<string> = new Set(['attn_implementation', '_attn_implementation']);

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
/** The same where the value is one name or a list (TensorFlow.js, MLC). */
const fileKeys: ReadonlySet<string> = new Set(['paths', 'dataPath']);

/** Judges a tree, every object at every depth, repeated keys included. */
export function judgeConfigTree(scope: Scope, root: JsonValue): void {
  const pending: (readonly [string, JsonValue])[] = [['', root]];
  // Trees of YAML share parts, and may hold themselves.
  const seen = new Set<JsonValue>();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [path, value] = next;
    if (typeof value === 'string' && evaluatesCode(value))
      scope.report('config-callable', { evidence: `${path}: ${value}` });
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    if (value instanceof JsonObject) {
      judgeNode(scope, path, value);
      // Some loaders take the first of repeated keys, most the last.
      if (value.repeatedKey !== undefined) judgeNode(scope, path, value.turned);
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
  const root = new JsonObject();
  for (const value of readLooseJson(text, scope.context.limits.textDepth).values) root.entries.push([place, value]);
  judgeConfigTree(scope, root);
}

function judgeNode(scope: Scope, path: string, node: JsonObject): void {
  judgeKerasNode(scope, path, node);
  judgeWorkflowNode(scope, path, node);
  for (const { rule, evidence } of ruleOfClass(node)) scope.report(rule, { evidence: `${path}: ${evidence}` });
  const folder = node.get('path');
  // `modules.json` of sentence-transformers: each part is loaded from its folder.
  if (node.get('idx') !== undefined && typeof folder === 'string' && climbs(folder))
    scope.report('json-path-escape', { evidence: `${path}: ${folder}` });
}

function judgeEntry(scope: Scope, path: string, key: string, value: JsonValue): void {
  if (key === 'chat_template' || key === 'instruction_template') judgeTemplates(scope, value, path);
  const rule = ruleFor(key, value);
  if (rule !== undefined) scope.report(rule, { evidence: `${path}: ${excerpt(value)}` });
}

function ruleFor(key: string, value: JsonValue): RuleId | undefined {
  if (objectGraphKeys.has(key)) return 'json-object-graph';
  if (remoteCodeKeys.has(key) && value !== false && value !== null) return 'json-remote-code';
  if (kernelKeys.has(key) && namesIn(value).some((name) => name.includes('/'))) return 'json-remote-code';
  if (callableKeys.has(key) && typeof value === 'string') return namesCallable(value) ? 'config-callable' : undefined;
  if (moduleKeys.has(key) && typeof value === 'string') return namesModule(value) ? 'config-callable' : undefined;
  if (fileMapKeys.has(key) || fileKeys.has(key)) return namesIn(value).some(climbs) ? 'json-path-escape' : undefined;
  return undefined;
}

/** The texts that a value is, or holds directly. */
function namesIn(value: JsonValue): readonly string[] {
  if (value instanceof JsonObject)
    return value.entries.map(([, file]) => file).filter((file) => typeof file === 'string');
  return (Array.isArray(value) ? value : [value]).filter((file) => typeof file === 'string');
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
