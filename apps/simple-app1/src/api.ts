/** What the API answers: a status and a JSON body. */
export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Application {
  /** The version that was deployed. */
  readonly version: string;
  /** True once the task has been told to stop. */
  readonly isDraining: () => boolean;
}

/** Answers one request. */
export function answer(app: Application, method: string, path: string): Answer {
  const greeted = /^\/greetings\/([^/]+)$/.exec(path)?.[1];
  if (path !== '/' && path !== '/health' && greeted === undefined) {
    return { status: 404, body: { error: `nothing is at ${path}` } };
  }
  if (method !== 'GET' && method !== 'HEAD') {
    return { status: 405, body: { error: `${method} is not allowed` } };
  }
  if (path === '/health') {
    // A load balancer that still asks learns at once that no new request should come here.
    return app.isDraining()
      ? { status: 503, body: { status: 'draining' } }
      : { status: 200, body: { status: 'ok' } };
  }
  if (greeted !== undefined) return greet(greeted);
  return { status: 200, body: { app: 'simple-app1', version: app.version } };
}

function greet(encoded: string): Answer {
  try {
    return { status: 200, body: { greeting: `Hello, ${decodeURIComponent(encoded)}!` } };
  } catch {
    return { status: 400, body: { error: 'the name is not properly percent-encoded' } };
  }
}
