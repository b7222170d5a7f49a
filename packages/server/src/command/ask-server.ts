import type { Environment } from '../settings.js';

/** Where a server runs, if nothing else is said. */
const SERVER = 'http://127.0.0.1:8080/placet';

/** What the running server, which alone can have its database open, is asked. */
export interface Question {
  method: 'GET' | 'POST';
  /** Under the endpoint: `/staff/requests`. */
  path: string;
  query?: Readonly<Record<string, string | boolean | undefined>>;
  body?: unknown;
}

/** Asks it, with a staff key. @throws {Error} with what the server says is wrong */
export async function askServer(env: Environment, question: Question): Promise<Response> {
  const { method, path, query = {}, body } = question;
  const server = env['PLACET_SERVER'] ?? SERVER;
  const [key] = (env['PLACET_STAFF_KEY'] ?? '').split(/[\s,]+/).filter(Boolean);
  if (key === undefined) throw new Error('PLACET_STAFF_KEY is missing: the server asks for it.');
  const words = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value]] : [],
    ),
  );
  let response: Response;
  try {
    response = await fetch(
      `${server.replace(/\/$/, '')}${path}${words.size > 0 ? `?${words}` : ''}`,
      {
        method,
        headers: {
          authorization: `Bearer ${key}`,
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        // A key is for the server that was named, and for no other.
        redirect: 'error',
      },
    );
  } catch (cause) {
    throw new Error(
      `No server answers at ${server}: start it, or say where it is with PLACET_SERVER.`,
      { cause },
    );
  }
  if (response.ok) return response;
  const problem = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  throw new Error(String(problem['title'] ?? `It answered ${response.status}.`));
}
