/** Which operators a model calls, and whether anything but a runtime's own operators is behind them. */
import { ScanStop } from '../scan-stop.ts';
import type { Scope } from '../scope.ts';
import { builtInDomains, declaredOnlyDomains, foreignOperators } from './operator-domains.ts';
import { brokenOnnx, type ProtobufReader } from './protobuf-reader.ts';
import { textOf } from './read-text.ts';
import type { OnnxMessage } from './walk-messages.ts';

/** More different operators, functions or domains than any real model has. */
const MOST_NAMES = 100_000;

export class OperatorUse {
  readonly #reader: ProtobufReader;
  /** Operators as `domain::type`, with the place they were met first. */
  readonly #operators = new Map<string, { readonly domain: string; readonly at: number }>();
  /** What the model itself defines out of other operators, as `domain::name`. */
  readonly #functions = new Set<string>();
  readonly #functionDomains = new Set<string>();
  readonly #declared = new Map<string, { readonly version: number; readonly at: number }>();

  constructor(reader: ProtobufReader) {
    this.#reader = reader;
  }

  /** Version by domain, as declared. */
  get sets(): ReadonlyMap<string, number> {
    return new Map([...this.#declared].map(([domain, { version }]) => [domain, version]));
  }

  get typeCount(): number {
    return this.#operators.size;
  }

  addNode(node: OnnxMessage): void {
    const types = this.#texts(node, 'op_type').filter((type) => type !== '');
    if (types.length === 0) throw brokenOnnx(node.start, 'node without an operator');
    for (const domain of this.#domains(node)) {
      for (const type of types) {
        const name = `${domain}::${type}`;
        if (this.#operators.has(name)) continue;
        checkCount(this.#operators.size, node.start);
        this.#operators.set(name, { domain, at: node.start });
      }
    }
  }

  addFunction(definition: OnnxMessage): void {
    checkCount(this.#functions.size, definition.start);
    for (const domain of this.#domains(definition)) {
      this.#functionDomains.add(domain);
      for (const name of this.#texts(definition, 'name')) this.#functions.add(`${domain}::${name}`);
    }
  }

  addSet(set: OnnxMessage): void {
    checkCount(this.#declared.size, set.start);
    const version = set.all('version').at(-1)?.value ?? 0;
    for (const domain of this.#domains(set)) this.#declared.set(domain, { version, at: set.start });
  }

  /** Only at the end: functions may be defined after they are used. */
  report(scope: Scope): void {
    for (const [domain, { at }] of this.#declared) {
      if (!builtInDomains.has(domain) && !declaredOnlyDomains.has(domain) && !this.#functionDomains.has(domain))
        scope.report('onnx-custom-domain', { offset: at, evidence: domain });
    }
    for (const [name, { domain, at }] of this.#operators) {
      if (foreignOperators.has(name)) scope.report('onnx-foreign-operator', { offset: at, evidence: name });
      else if (!builtInDomains.has(domain) && !this.#functions.has(name))
        scope.report('onnx-custom-domain', { offset: at, evidence: name });
    }
  }

  #domains(message: OnnxMessage): readonly string[] {
    const domains = this.#texts(message, 'domain');
    return domains.length === 0 ? [''] : domains;
  }

  #texts(message: OnnxMessage, field: string): readonly string[] {
    return message.all(field).map((occurrence) => textOf(this.#reader, occurrence));
  }
}

function checkCount(count: number, offset: number): void {
  if (count >= MOST_NAMES) throw new ScanStop('onnx-limit', { offset, evidence: `${count} names` });
}
