/** The version in package.json, the only place where it is written. */
import packageJson from '../../package.json' with { type: 'json' };

export const version = packageJson.version;
