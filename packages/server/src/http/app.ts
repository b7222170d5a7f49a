import { PlacetError } from '@placet/contract';
import { Hono, type Context } from 'hono';
import { describeFailure, type Log } from './access-log.js';
import { preflightHeaders } from './origins.js';
import { problemResponse, statusOf } from './problems.js';
import { DATA_HEADERS, type Route } from './route.js';
import type { Call, Services } from './services.js';

/** Options of {@link createApp}. */
export interface AppOptions {
  routes: readonly Route[];
  services: Services;
  /** Where the routes are mounted: `/placet`. */
  endpoint: string;
  log: Log;
}

/** The routes as a Hono app. Every answer, failures included, leaves through one place. */
export function createApp({ routes, services, endpoint, log }: AppOptions): Hono {
  const app = new Hono();
  const pathOf = (path: string) => endpoint + path.replace(/\{(\w+)\}/g, ':$1');

  async function respond(
    context: Context,
    path: string,
    answer: () => Response | Promise<Response>,
  ) {
    const start = performance.now();
    const request = context.req.raw;
    let response: Response;
    const cors = services.origins.headers(request);
    try {
      response = await answer();
      for (const [name, value] of Object.entries(cors))
        if (!response.headers.has(name)) response.headers.set(name, value);
    } catch (error) {
      response = problemResponse(error, { ...DATA_HEADERS, ...cors, ...allowOf(error) });
      const isOurs = error instanceof PlacetError && statusOf(error.code) < 500;
      if (!isOurs)
        log({ ...stamp('error'), event: 'failure', route: path, ...describeFailure(error) });
    }
    log({
      ...stamp('info'),
      event: 'request',
      method: knownMethod(request.method),
      route: path,
      status: response.status,
      ms: Math.round(performance.now() - start),
      bytes: Number(response.headers.get('content-length') ?? 0),
    });
    return response;
  }

  function stamp<Level extends 'info' | 'error'>(level: Level) {
    return { time: services.now().toISOString(), level };
  }

  for (const path of new Set(routes.map((route) => route.path))) {
    const here = routes.filter((route) => route.path === path);
    const methods = here.map(({ method }) => method);
    for (const route of here)
      app.on(route.method, pathOf(path), (context) =>
        respond(context, path, () => route.answer(callOf(context, services), services)),
      );
    app.all(pathOf(path), (context) =>
      respond(context, path, () => refuseMethod(context.req.raw, methods, services)),
    );
  }
  app.notFound((context) =>
    respond(context, 'none', () => {
      throw new PlacetError('request/not-found');
    }),
  );
  return app;
}

function callOf(context: Context, services: Services): Call {
  const request = context.req.raw;
  const at = request.url.indexOf('?');
  return {
    request,
    params: context.req.param(),
    query: new URLSearchParams(at < 0 ? '' : request.url.slice(at)),
    address: services.addressOf(request, context.env),
  };
}

/** Preflights are answered; what else the address does not know is refused. */
function refuseMethod(
  request: Request,
  methods: readonly string[],
  { origins }: Services,
): Response {
  const allow = [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
  if (request.method !== 'OPTIONS') throw new MethodFault(allow);
  const isAllowed = 'access-control-allow-origin' in origins.headers(request);
  return new Response(null, {
    status: 204,
    headers: { allow, ...(isAllowed && preflightHeaders(methods)) },
  });
}

class MethodFault extends PlacetError {
  readonly allow: string;

  constructor(allow: string) {
    super('request/method');
    this.allow = allow;
  }
}

function allowOf(error: unknown): Record<string, string> {
  return error instanceof MethodFault ? { allow: error.allow } : {};
}

/** A method is a word of the caller's: only those that everybody has go into the log. */
function knownMethod(method: string): string {
  return /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/.test(method) ? method : 'other';
}
