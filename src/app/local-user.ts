import { userInfo } from 'node:os';

/** The account's name; some containers run under a user id without one. */
export function localUserName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? '?'}`;
  }
}
