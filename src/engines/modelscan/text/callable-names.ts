/** Names in configuration that a loader imports and calls. */
import { deniedComponents } from '../pickle/deny-families.ts';
import { judgeImport } from '../pickle/import-policy.ts';
import { standardLibraryModules } from '../pickle/standard-library.ts';
import type { RuleId } from '../rules.ts';
import type { JsonObject, JsonValue } from './strict-json.ts';

/** Packages whose classes configuration may name: the loaders import them anyway. */
const knownPackages =
  /^(?:torch|diffusers|transformers|ldm|sgm|timm|safetensors|tokenizers|sentence_transformers|open_clip|modules|comfy|k_diffusion)(?:\.[A-Za-z_]\w*)+$/;
/** What in these packages does more than compute. */
const reachingRules: ReadonlySet<RuleId | undefined> = new Set<RuleId>([
  'pickle-import-nested-loader',
  'pickle-import-native',
  'pickle-import-file',
  'pickle-import-machinery',
  'pickle-import-network',
  'pickle-import-process',
  'pickle-import-evaluation',
  'pickle-import-internals',
  'pickle-import-installer',
]);
/** Denied in pickles, because they take a callable; in configuration that one has a name that is judged itself. */
const ordinaryTargets = /^torch\.(?:(?:compile|jit\.script)$|distributed\.(?:algorithms|fsdp|optim|tensor)(?:\.|$))/;
const numericPackages = /^(?:sklearn|numpy|scipy|builtins|collections|xgboost|lightgbm|skops)(?:\.|$)/;

/** A dotted name outside the known packages, or one inside that loads and opens; a bare word or a sentence is data. */
export function namesCallable(value: string): boolean {
  const text = value.trim();
  // A value that is put together while loading can become any name.
  if (/^\$\{[^}]*\}/.test(text)) return true;
  if (!/^[A-Za-z_]\w*(?:[.:][A-Za-z_]\w*)+$/.test(text)) return false;
  if (!knownPackages.test(text)) return true;
  return !isOrdinary(text) && reachingRules.has(ruleOf(text));
}

/** Below an ordinary name whatever its module has imported can be reached: `torch.distributed.os.system`. */
function isOrdinary(dotted: string): boolean {
  if (!ordinaryTargets.test(dotted)) return false;
  const below = dotted.split('.').slice(2);
  return !below.some((part) => deniedComponents.has(part) || standardLibraryModules.has(part));
}

/** A module outside the known packages; one word may be a module of Python itself. */
export function namesModule(value: string): boolean {
  return namesCallable(value) || standardLibraryModules.has(value.trim());
}

function ruleOf(dotted: string): RuleId | undefined {
  const dot = dotted.lastIndexOf('.');
  return judgeImport({ module: dotted.slice(0, dot), name: dotted.slice(dot + 1) }, 4).rule;
}

/** What an expression of MONAI's bundles (`$` before Python) names to get beyond arithmetic and building networks. */
const reachingExpression =
  /__\w{1,32}__|(?<![.\w])(?:eval|exec|compile|getattr)\s{0,8}\(|\bbuiltins\.|\b(?:system|popen|Popen|check_output|check_call|import_module|run_path|urlopen)\s{0,8}\(|\b(?:subprocess|socket|ctypes|pty|runpy|pickle|marshal|importlib)\s{0,8}\.|\b(?:import|from)\s{1,8}(?:subprocess|socket|ctypes|pty|runpy|pickle|marshal|importlib|urllib|requests|shutil)\b/;

/** Whether MONAI's configuration parser, which evaluates texts that begin with `$`, would run something that reaches out. */
export function evaluatesCode(value: string): boolean {
  return /^\s{0,8}\$[A-Za-z_@([{'"]/.test(value) && reachingExpression.test(value);
}

interface Reason {
  readonly rule: RuleId;
  readonly evidence: string;
}

/** Objects that name a class in several fields (skops, sentence-transformers, diffusers). */
export function ruleOfClass(node: JsonObject): readonly Reason[] {
  return [...ofSkops(node), ...ofSentenceTransformers(node), ...ofPipeline(node), ...ofLangChain(node)];
}

function ofSkops(node: JsonObject): readonly Reason[] {
  const [module, name] = [node.get('__module__'), node.get('__class__')];
  if (typeof module !== 'string' || typeof name !== 'string' || node.get('__loader__') === undefined) return [];
  const evidence = `${module}.${name}`;
  if (numericPackages.test(module) && !/^builtins$/.test(module)) return [];
  const { verdict } = judgeImport({ module, name }, 4);
  if (verdict === 'allowed') return [];
  return [{ rule: verdict === 'denied' ? 'json-object-graph' : 'json-remote-code', evidence }];
}

/** `modules.json`: each part of the model by the class that loads it. */
function ofSentenceTransformers(node: JsonObject): readonly Reason[] {
  const type = node.get('type');
  const part = node.get('idx') !== undefined && node.get('path') !== undefined;
  return part && typeof type === 'string' && namesCallable(type) ? [{ rule: 'config-callable', evidence: type }] : [];
}

/** `model_index.json`: parts of a pipeline as `[library, class]`. */
function ofPipeline(node: JsonObject): readonly Reason[] {
  const pipeline = node.get('_class_name');
  if (pipeline === undefined) return [];
  const own =
    Array.isArray(pipeline) && pipeline.length > 1
      ? [{ rule: 'json-remote-code' as const, evidence: String(pipeline[0]) }]
      : [];
  const parts = node.entries.flatMap(([, value]) => (isPair(value) ? [value] : []));
  const foreign = parts.filter(([library]) => standardLibraryModules.has(library) || namesCallable(library));
  return [...own, ...foreign.map((part) => ({ rule: 'config-callable' as const, evidence: part.join('.') }))];
}

/** LangChain's saved objects: the class by its path, built with the arguments beside it, or a variable of the environment. */
function ofLangChain(node: JsonObject): readonly Reason[] {
  const id = node.get('id');
  const builds =
    node.get('lc') !== undefined &&
    ['constructor', 'secret'].some((type) => type === node.get('type')) &&
    Array.isArray(id);
  return builds ? [{ rule: 'json-remote-code', evidence: id.map(String).join('.') }] : [];
}

function isPair(value: JsonValue): value is readonly [string, string] {
  return Array.isArray(value) && value.length === 2 && value.every((item) => typeof item === 'string');
}
