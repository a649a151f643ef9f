/** ComfyUI workflows: nodes whose text is not a prompt but a program that the machine runs. */
import type { Scope } from '../scope.ts';
import { JsonObject, type JsonValue } from './strict-json.ts';

/** Words in the name of a node's class that no node without an interpreter behind it bears. */
const interpreters =
  /\b(?:python|pycode|pyexec|py code|shell|bash|powershell|cmd|terminal|subprocess|eval|exec|javascript|lua)\b/;
/** `RunCode`, `Execute Script`, `Code Executor` and the like; `Noise Control Script` only bears the word. */
const runners =
  /\b(?:run|execute|executor|call)\b.*\b(?:code|script|command|program)\b|\b(?:code|command|program)\b.*\b(?:runner|executor|execution|interpreter)\b/;
/** Known under names that do not say it: nodes that let a language model write the program they run. */
const known: ReadonlySet<string> = new Set([
  'anynode',
  'anynodegemini',
  'anynodelocal',
  'sandbox',
  'griptape run: python',
]);

/** Judges one object of a tree, if it is a node of a workflow in either of the two layouts. */
export function judgeWorkflowNode(scope: Scope, path: string, node: JsonObject): void {
  const name = classOf(node);
  if (name === undefined) return;
  const code = runsCode(name) ? '' : textsOf(node).find((text) => escapes.test(text));
  if (code !== undefined)
    scope.report('workflow-code-node', { evidence: [`${path}: ${name}`, code].filter(Boolean).join(': ') });
}

/** How an expression leaves the node that reckons it: arithmetic and prompts have no need of these names. */
const escapes = /__(?:import|builtins|globals|subclasses|class|base|bases|mro|getattribute|loader)__/;

/** What people typed into a node, in either of the two layouts. */
function textsOf(node: JsonObject): readonly string[] {
  const [inputs, widgets] = [node.get('inputs'), node.get('widgets_values')];
  const values: JsonValue[] = [
    ...(inputs instanceof JsonObject ? inputs.entries.map(([, value]) => value) : []),
    ...(widgets instanceof JsonObject ? widgets.entries.map(([, value]) => value) : []),
    ...(Array.isArray(widgets) ? widgets : []),
  ];
  return values.filter((value) => typeof value === 'string');
}

/** `class_type` in the layout of the API, `type` beside the place on the canvas in that of the editor. */
function classOf(node: JsonObject): string | undefined {
  const [inApi, inEditor] = [node.get('class_type'), node.get('type')];
  if (typeof inApi === 'string' && node.get('inputs') instanceof JsonObject) return inApi;
  const placed =
    node.get('id') !== undefined && (node.get('widgets_values') !== undefined || node.get('pos') !== undefined);
  return typeof inEditor === 'string' && placed ? inEditor : undefined;
}

function runsCode(name: string): boolean {
  const words = name
    .replaceAll(/([a-z\d])(?=[A-Z])/g, '$1 ')
    .replaceAll(/([A-Z])(?=[A-Z][a-z])/g, '$1 ')
    .replaceAll(/[^A-Za-z\d:]+/g, ' ')
    .trim()
    .toLowerCase();
  return known.has(name.toLowerCase()) || known.has(words) || interpreters.test(words) || runners.test(words);
}
