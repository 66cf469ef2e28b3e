import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface LoopbackProxy {
  /** `http://127.0.0.1:PORT` */
  readonly endpoint: string;
  close(): Promise<void>;
}

/** A proxy to `target` on loopback that answers a request itself where `answer` gives a text. */
export async function startProxy(
  target: string,
  answer: (request: IncomingMessage, response: ServerResponse) => string | undefined,
): Promise<LoopbackProxy> {
  const server = createServer((request, response) => {
    const own = answer(request, response);
    if (own !== undefined) return void response.end(own);
    const { method = 'GET', headers, url = '/' } = request;
    const onward = httpRequest(new URL(url, target), { method, headers }, (reply) => {
      response.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
