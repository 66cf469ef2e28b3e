import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A proxy in front of a registry on this machine that cuts connections, as networks do. */
export interface CuttingProxy {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** Cuts the next `times` connections that carry this many bytes one way. */
  cut(direction: 'up' | 'down', afterBytes: number, times?: number): void;
  /** How many cuts there have been. */
  readonly cuts: number;
  /** Bytes that went through so far. */
  readonly carried: { readonly up: number; readonly down: number };
  close(): Promise<void>;
}

export async function startCuttingProxy(behind: string): Promise<CuttingProxy> {
  const { hostname, port } = new URL(behind);
  const sockets = new Set<Socket>();
  const carried = { up: 0, down: 0 };
  const plan: { direction: 'up' | 'down'; afterBytes: number }[] = [];
  let cuts = 0;

  function pass(direction: 'up' | 'down', from: Socket, to: Socket): void {
    let passed = 0;
    from.on('data', (chunk: Buffer) => {
      passed += chunk.length;
      carried[direction] += chunk.length;
      const planned = plan.findIndex((cut) => cut.direction === direction && passed > cut.afterBytes);
      if (planned >= 0) {
        plan.splice(planned, 1);
        cuts += 1;
        from.destroy();
        to.destroy();
        return;
      }
      if (!to.write(chunk)) {
        from.pause();
        to.once('drain', () => from.resume());
      }
    });
    from.on('end', () => to.end());
    from.on('error', () => to.destroy());
    from.on('close', () => {
      sockets.delete(from);
      to.destroy();
    });
  }

  const server = createServer((client) => {
    const registry = connect(Number(port), hostname);
    sockets.add(client).add(registry);
    pass('up', client, registry);
    pass('down', registry, client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut(direction, afterBytes, times = 1) {
      for (let count = 0; count < times; count += 1) plan.push({ direction, afterBytes });
    },
    get cuts() {
      return cuts;
    },
    carried,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
