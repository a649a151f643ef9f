/** How a transfer may use connections. */

/**
 * `speed` – as many as allowed at once; `adaptive` – one, then more while they bring more; `efficiency` – the same with
 * few of them, for a machine that has other work; `minimal` – one.
 */
export const steeringModes = ['speed', 'adaptive', 'efficiency', 'minimal'] as const;
export type SteeringMode = (typeof steeringModes)[number];

export interface SteeringLimits {
  /** Connections to begin with. */
  readonly start: number;
  readonly most: number;
  /** What twice the connections must bring to be kept: 1.1 is a tenth more. */
  readonly gain: number;
  /** Share of all cores this process may use before nothing is added, and before connections are given back. */
  readonly cpuHold: number;
  readonly cpuShed: number;
}

const MOST = 16;

const byMode: Readonly<Record<SteeringMode, SteeringLimits>> = {
  speed: { start: MOST, most: MOST, gain: 1.1, cpuHold: 1, cpuShed: 1 },
  adaptive: { start: 1, most: MOST, gain: 1.1, cpuHold: 0.8, cpuShed: 0.95 },
  efficiency: { start: 1, most: 4, gain: 1.25, cpuHold: 0.5, cpuShed: 0.8 },
  minimal: { start: 1, most: 1, gain: 1.1, cpuHold: 1, cpuShed: 1 },
};

/**
 * The limits of `mode` with at most `connections`. Without a mode a given number is meant as it stands, at once; without
 * either the mode is adaptive.
 */
export function steeringLimits(mode: SteeringMode | undefined, connections: number | undefined): SteeringLimits {
  const asked = connections === undefined ? undefined : Math.max(1, Math.trunc(connections));
  if (mode === undefined && asked !== undefined) return { ...byMode.speed, start: asked, most: asked };
  const limits = byMode[mode ?? 'adaptive'];
  const most = Math.min(limits.most, asked ?? limits.most);
  return { ...limits, most, start: Math.min(limits.start, most) };
}
