/** The folder of PostgreSQL's programs, where it is installed. */
export function findPostgres(environment?: NodeJS.ProcessEnv): string | undefined;

/** Says where PostgreSQL is; as root on a Debian-like system it installs it. */
export function ensurePostgres(options?: { required?: boolean }): string | undefined;
