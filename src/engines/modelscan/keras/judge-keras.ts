/**
 * Keras configuration: a tree of classes to build. Loading it imports modules by name, unpacks bytecode and opens files,
 * depending on what the nodes say (scan-rules §7).
 */
import type { RuleId } from '../rules.ts';
import type { Scope } from '../scope.ts';
import { JsonObject, type JsonValue } from '../text/strict-json.ts';
import { knownKerasClasses } from './known-classes.ts';

const kerasPackages =
  /^(?:keras|tf_keras|keras_core|tensorflow\.keras|keras_hub|keras_nlp|keras_cv)(?:\.[A-Za-z_]\w*)*$/;
/** Parts of Keras that hold nothing but building blocks. */
const buildingBlocks =
  /(?:^|\.)(?:layers|initializers|regularizers|constraints|optimizers|schedules|losses|metrics|activations|dtype_policies|models|models\.\w+|engine\.(?:functional|sequential|training)|mixed_precision|keras|tf_keras)$/;
/** The packages themselves export more than building blocks. */
const wholePackage = /^(?:keras|tf_keras|keras_core|tensorflow\.keras)$/;
/** What TensorFlow's own type descriptions live in. */
const typeSpecModules = /^tensorflow\.python\.(?:framework|ops)(?:\.\w+)*$/;
/** Classes that run what a file brings along: code, torch modules, saved functions. */
const runningClasses: ReadonlySet<string> = new Set(['TorchModuleWrapper', 'TFSMLayer', 'JaxLayer', 'FlaxLayer']);
/** Functions that fetch, load or switch off protection. */
const reachingFunctions =
  /^(?:get_file|load_model|load_weights|load_img|model_from_\w+|enable_unsafe_deserialization|deserialize\w*|from_config|image_dataset_from_directory|text_dataset_from_directory|audio_dataset_from_directory|custom_object_scope|get_custom_objects|register_keras_serializable|clear_session|plot_model|export|save_\w+)$/;
const lookups: ReadonlySet<string> = new Set(['StringLookup', 'IntegerLookup', 'TextVectorization']);

/** Judges one object of a tree, if it is one that Keras would build something from. */
export function judgeKerasNode(scope: Scope, path: string, node: JsonObject): void {
  const className = node.get('class_name');
  if (typeof className !== 'string') return;
  const parts = ['config', 'module', 'registered_name', 'function_type', 'items', 'value'];
  if (!parts.some((key) => node.get(key) !== undefined)) return;
  const rule = ruleOf(className, node);
  if (rule !== undefined) scope.report(rule, { evidence: `${path}: ${describe(className, node)}` });
  const file = vocabularyFile(className, node.get('config'));
  if (file !== undefined) scope.report('keras-path', { evidence: `${path}: ${file}` });
}

function ruleOf(className: string, node: JsonObject): RuleId | undefined {
  const module = node.get('module');
  if (className === '__lambda__' || (className === 'Lambda' && carriesCode(node.get('config')))) return 'keras-lambda';
  if (runningClasses.has(className)) return 'keras-running-class';
  if (typeof module === 'string' && module !== '') return ruleOfModule(className, module, node);
  if (className === 'Lambda' || className === 'function') return 'keras-custom';
  return knownKerasClasses.has(className) && !isRegistered(node) ? undefined : 'keras-custom';
}

function ruleOfModule(className: string, module: string, node: JsonObject): RuleId | undefined {
  const config = node.get('config');
  const functionName = className === 'function' && typeof config === 'string' ? config : className;
  if (module === 'builtins') return builtinRule(className, functionName);
  if (className === '__typespec__') return typeSpecModules.test(module) ? undefined : 'keras-module';
  if (!kerasPackages.test(module) || reachingFunctions.test(functionName)) return 'keras-module';
  if (className === 'Lambda') return 'keras-custom';
  if (wholePackage.test(module) && !knownKerasClasses.has(className)) return 'keras-custom';
  return buildingBlocks.test(module) && !isRegistered(node) ? undefined : 'keras-custom';
}

/** A function by its bare name is looked up among those that were registered; anything else of `builtins` is Python's own. */
function builtinRule(className: string, functionName: string): RuleId | undefined {
  if (/^(?:eval|exec|compile|open|__import__|getattr|setattr|input|breakpoint|globals|vars)$/.test(functionName)) {
    return 'keras-module';
  }
  if (className === 'function') return 'keras-custom';
  return /^(?:str|int|float|bool|tuple|list|dict|set|slice|bytes|type|NoneType)$/.test(className)
    ? undefined
    : 'keras-module';
}

function isRegistered(node: JsonObject): boolean {
  const name = node.get('registered_name');
  return typeof name === 'string' && name !== '' && name.includes('>');
}

/** Bytecode of a lambda: `[code, defaults, closure]` in old files, an object in newer ones. */
function carriesCode(config: JsonValue | undefined): boolean {
  if (!(config instanceof JsonObject)) return false;
  return config.entries.some(([key, value]) => {
    if (key.endsWith('_type')) return value === 'lambda';
    if (key !== 'function' && key !== 'output_shape' && key !== 'mask') return false;
    return (Array.isArray(value) && typeof value[0] === 'string') || hasLambda(value);
  });
}

function hasLambda(value: JsonValue): boolean {
  return value instanceof JsonObject && value.get('class_name') === '__lambda__';
}

/** A vocabulary is a list; a text is the name of a file that loading opens. */
function vocabularyFile(className: string, config: JsonValue | undefined): string | undefined {
  if (!lookups.has(className) || !(config instanceof JsonObject)) return undefined;
  return config.entries
    .filter(([key]) => key === 'vocabulary')
    .map(([, value]) => value)
    .find((value) => typeof value === 'string');
}

function describe(className: string, node: JsonObject): string {
  const [module, config] = [node.get('module'), node.get('config')];
  const named = typeof config === 'string' ? `${className} ${config}` : className;
  return typeof module === 'string' ? `${module}.${named}` : named;
}
