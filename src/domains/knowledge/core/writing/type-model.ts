/**
 * Which type a text has, learned from examples: multinomial logistic regression over features weighted by rarity, each text
 * of length one. Trained when it is first asked, in a few hundredths of a second; the same on every machine.
 */
import { type EntryType, entryTypes } from '../../contract/index.ts';
import { typeExamples } from './type-examples.ts';
import { featuresOf, type TextFeature } from './type-features.ts';

export interface TypeModel {
  /** Logarithms of odds, one for each of `entryTypes`. */
  rate(features: readonly TextFeature[]): readonly number[];
  /** How much a feature speaks for a type, against the mean of all types; 0 for what no example holds. */
  weightOf(name: string, type: EntryType): number;
}

const kinds = entryTypes.length;
const rounds = 60;
const firstStep = 2;
const slowing = 0.05;
const shrinking = 1e-4;

let trained: TypeModel | undefined;

export function typeModel(): TypeModel {
  trained ??= train();
  return trained;
}

interface Example {
  readonly type: number;
  readonly features: readonly string[];
}

/** Places of features and how much each counts. */
interface Vector {
  readonly places: readonly number[];
  readonly values: readonly number[];
}

class Vocabulary {
  readonly #places = new Map<string, number>();
  readonly #rarities: number[] = [];

  constructor(examples: readonly Example[]) {
    const holding = new Map<string, number>();
    for (const { features } of examples)
      for (const name of new Set(features)) holding.set(name, (holding.get(name) ?? 0) + 1);
    for (const [name, count] of holding) {
      this.#places.set(name, this.#rarities.length);
      this.#rarities.push(Math.log(1 + examples.length / count));
    }
  }

  get size(): number {
    return this.#rarities.length;
  }

  placeOf(name: string): number | undefined {
    return this.#places.get(name);
  }

  vectorOf(names: readonly string[]): Vector {
    const places = [...new Set(names)].flatMap((name) => this.#places.get(name) ?? []);
    const rarities = places.map((place) => this.#rarities[place] ?? 0);
    const length = Math.sqrt(rarities.reduce((sum, rarity) => sum + rarity * rarity, 0)) || 1;
    return { places, values: rarities.map((rarity) => rarity / length) };
  }
}

function train(): TypeModel {
  const examples = readExamples();
  const vocabulary = new Vocabulary(examples);
  const weights = new Float64Array(vocabulary.size * kinds);
  const vectors = examples.map(({ features, type }) => ({ ...vocabulary.vectorOf(features), type }));
  for (let round = 0; round < rounds; round += 1) {
    const step = firstStep / (1 + round * slowing);
    // Types take turns, so that none is always the last that was learned.
    for (let turn = 0; turn < vectors.length; turn += 1) {
      const example = vectors[(turn * stride + round) % vectors.length];
      if (example !== undefined) learn(weights, example, step);
    }
  }
  return {
    rate: (features) => sums(weights, vocabulary.vectorOf(features.map(({ name }) => name))),
    weightOf(name, type) {
      const place = vocabulary.placeOf(name);
      if (place === undefined) return 0;
      const own = weights.slice(place * kinds, (place + 1) * kinds);
      return (own[entryTypes.indexOf(type)] ?? 0) - own.reduce((sum, weight) => sum + weight, 0) / kinds;
    },
  };
}

/** A prime larger than the number of examples of a type. */
const stride = 7919;

function readExamples(): readonly Example[] {
  return entryTypes.flatMap((name, type) =>
    typeExamples[name]
      .trim()
      .split('\n')
      .map((line) => ({ type, features: featuresOf(line.replace('|', '\n')).map((feature) => feature.name) })),
  );
}

function sums(weights: Float64Array, { places, values }: Vector): readonly number[] {
  const logs = Array.from({ length: kinds }, () => 0);
  for (const [index, place] of places.entries()) {
    const value = values[index] ?? 0;
    for (let kind = 0; kind < kinds; kind += 1)
      logs[kind] = (logs[kind] ?? 0) + value * (weights[place * kinds + kind] ?? 0);
  }
  return logs;
}

/** One step of gradient descent. */
function learn(weights: Float64Array, example: Vector & { readonly type: number }, step: number): void {
  const shares = softmax(sums(weights, example));
  for (const [index, place] of example.places.entries()) {
    const value = example.values[index] ?? 0;
    for (let kind = 0; kind < kinds; kind += 1) {
      const at = place * kinds + kind;
      const error = (shares[kind] ?? 0) - (kind === example.type ? 1 : 0);
      weights[at] = (weights[at] ?? 0) * (1 - step * shrinking) - step * error * value;
    }
  }
}

/** Logarithms of odds as shares that add up to one. */
export function softmax(logs: readonly number[]): readonly number[] {
  const most = Math.max(...logs);
  const odds = logs.map((log) => Math.exp(log - most));
  const total = odds.reduce((sum, one) => sum + one, 0);
  return odds.map((one) => one / total);
}
