import { BriefError } from '../brief-error.ts';

/** The compressed bytes break the rules of their format. */
export class DecodeFault extends BriefError {
  override readonly name = 'DecodeFault';
}

/** The bytes may be sound, but use a part of the format that is not implemented here. */
export class UnsupportedStream extends BriefError {
  override readonly name = 'UnsupportedStream';
}

/** More would come out than is wanted. */
export class LimitReached extends BriefError {
  override readonly name = 'LimitReached';
}
