/** As libpq reads them: everybody on this machine can read the words of a command, and nobody its variables. */
export function postgresVariables(url: URL): Readonly<Record<string, string>> {
  const { hostname, port, username, password, pathname, searchParams } = url;
  const mode = searchParams.get('sslmode');
  return {
    PGHOST: hostname.replace(/^\[|\]$/g, ''),
    PGDATABASE: decodeURIComponent(pathname.slice(1)),
    ...(port === '' ? {} : { PGPORT: port }),
    ...(username === '' ? {} : { PGUSER: decodeURIComponent(username) }),
    ...(password === '' ? {} : { PGPASSWORD: decodeURIComponent(password) }),
    ...(mode === null ? {} : { PGSSLMODE: mode }),
  };
}
