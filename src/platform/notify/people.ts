/** The port: whom a notice may reach by mail. */
export interface Person {
  /** Of the account. */
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly language: string | null;
}

/** Active accounts only. */
export interface People {
  byName(name: string): Promise<Person | undefined>;
  byId(id: string): Promise<Person | undefined>;
  withRole(role: string): Promise<readonly Person[]>;
}
