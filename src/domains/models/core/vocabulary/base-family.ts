/** The shape of what is known of base models; the data stand in image-families.ts and motion-families.ts. */
export type Medium = 'image' | 'video' | 'image+video' | 'audio' | '3d';

/** Models that share an architecture, so that add-ons for one have a chance to work with another. */
export interface BaseFamily {
  /** As in `family:sdxl`. */
  readonly id: string;
  readonly aliases: readonly string[];
  /** The family whose architecture it inherits: Pony is built on SDXL, so `family:sdxl` takes in Pony. */
  readonly within: string | null;
  readonly medium: Medium;
  readonly bases: readonly BaseModel[];
}

export interface BaseModel {
  /** As the site spells it; compared exactly with what a version says. */
  readonly name: string;
  readonly aliases: readonly string[];
  /** The site keeps it out of its pickers. */
  readonly hidden: boolean;
  /** The site takes no new models for it. */
  readonly disabled: boolean;
  /** Spellings found in free text only: too short or too common to be typed for it. */
  readonly hints: readonly string[];
}

type Extra = Partial<Omit<BaseModel, 'name' | 'aliases'>>;

export function base(name: string, aliases: readonly string[] = [], extra: Extra = {}): BaseModel {
  return { hidden: false, disabled: false, hints: [], ...extra, name, aliases };
}

export const hidden = { hidden: true } as const;
export const disabled = { hidden: true, disabled: true } as const;
