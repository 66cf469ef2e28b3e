import { afterEach, describe, expect, it } from '@jest/globals';
import { createSteppingClock } from '../clock/clock.ts';
import { type AwsServer, type AwsServerOptions, startAwsServer } from './aws-server.ts';
import { AwsError, type Service } from './service.ts';

const json: Service = {
  signingName: 'ecs',
  protocol: { kind: 'json', targetPrefix: 'Json_20200101' },
  operations: {
    Echo: (input, call) => ({ input, at: new Date(call.now), nothing: undefined }),
    Refuse: () => {
      throw new AwsError('ClusterNotFoundException', 'Cluster not found.');
    },
    Break: () => {
      throw new Error('a mistake');
    },
  },
};

const query: Service = {
  signingName: 'elasticloadbalancing',
  protocol: { kind: 'query', version: '2015-12-01', xmlNamespace: 'http://example.com/doc/' },
  operations: {
    Echo: (input) => ({ Text: JSON.stringify(input), At: new Date(0), List: ['a<b', 'c'] }),
    Refuse: () => {
      throw new AwsError('TargetGroupNotFound', 'One or more target groups not found');
    },
  },
};

let server: AwsServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function start(options: Partial<AwsServerOptions> = {}): Promise<AwsServer> {
  server = await startAwsServer({ clock: createSteppingClock(1500), services: [json, query], ...options });
  return server;
}

async function callJson(operation: string, body: string, target = 'Json_20200101'): Promise<Response> {
  return fetch(server?.endpoint ?? '', {
    method: 'POST',
    headers: { 'x-amz-target': `${target}.${operation}`, 'content-type': 'application/x-amz-json-1.1' },
    body,
  });
}

async function callQuery(
  form: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(server?.endpoint ?? '', { method: 'POST', headers, body: new URLSearchParams(form) });
}

describe('AWS JSON 1.1', () => {
  it('answers times as epoch seconds and leaves out what is undefined', async () => {
    await start();
    const response = await callJson('Echo', '{"a":[1,{"b":"ü"}]}');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/x-amz-json-1.1');
    expect(await response.json()).toEqual({ input: { a: [1, { b: 'ü' }] }, at: 1.5 });
  });

  it('takes an empty body for no input', async () => {
    await start();
    expect(await (await callJson('Echo', '')).json()).toEqual({ input: {}, at: 1.5 });
  });

  it.each([
    ['text that is no JSON', '{"a":', 'SerializationException', 400],
    ['a list', '[]', 'SerializationException', 400],
    ['a bare string', '"x"', 'SerializationException', 400],
  ])('refuses %s', async (_, body, code, status) => {
    await start();
    const response = await callJson('Echo', body);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ __type: code });
  });

  it.each([
    ['an operation it does not know', 'Nothing', 'Json_20200101'],
    ['a name that every object has', 'constructor', 'Json_20200101'],
    ['a service it does not know', 'Echo', 'Other_20200101'],
  ])('answers UnknownOperationException to %s', async (_, operation, target) => {
    await start();
    const response = await callJson(operation, '{}', target);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ __type: 'UnknownOperationException' });
  });

  it("gives an operation's refusal with its code and words", async () => {
    await start();
    const response = await callJson('Refuse', '{}');
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      __type: 'ClusterNotFoundException',
      message: 'Cluster not found.',
    });
  });

  it('answers its own mistakes with InternalFailure', async () => {
    await start();
    const response = await callJson('Break', '{}');
    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({
      __type: 'InternalFailure',
      message: expect.stringContaining('a mistake'),
    });
  });
});

describe('AWS query', () => {
  it('reads lists and structures from the form, and answers escaped XML', async () => {
    await start();
    const response = await callQuery({
      Action: 'Echo',
      Version: '2015-12-01',
      'Targets.member.10.Id': 'last',
      'Targets.member.1.Id': 'first',
      'Targets.member.1.Port': '80',
      'constructor.name': 'x',
      '__proto__.polluted': 'y',
    });
    const text = await response.text();
    expect(response.headers.get('content-type')).toBe('text/xml');
    expect(text).toContain('<EchoResponse xmlns="http://example.com/doc/">');
    expect(text).toContain('<List><member>a&lt;b</member><member>c</member></List>');
    expect(text).toContain('<At>1970-01-01T00:00:00.000Z</At>');
    const echoed = /<Text>(.*)<\/Text>/.exec(text)?.[1]?.replaceAll('&quot;', '"') ?? '';
    expect(JSON.parse(echoed)).toMatchObject({ Targets: [{ Id: 'first', Port: '80' }, { Id: 'last' }] });
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(Object.name).toBe('Object');
  });

  it('finds the service by the scope of the signature before the version', async () => {
    await start();
    const authorization =
      'AWS4-HMAC-SHA256 Credential=AKID/20261120/eu-west-1/elasticloadbalancing/aws4_request, SignedHeaders=host, Signature=0';
    const response = await callQuery({ Action: 'Refuse', Version: '1999-01-01' }, { authorization });
    expect(await response.text()).toContain('<Code>TargetGroupNotFound</Code>');
  });

  it('answers InvalidAction to an operation it does not know', async () => {
    await start();
    const response = await callQuery({ Action: 'Nothing', Version: '2015-12-01' });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('<Type>Sender</Type><Code>InvalidAction</Code>');
  });
});

describe('faults', () => {
  it('hit the calls they are for, as often as they say, after those they let pass', async () => {
    const { faults } = await start();
    const error = new AwsError('ThrottlingException', 'Rate exceeded');
    faults.push({ service: 'ecs', operation: 'Echo', skip: 1, times: 2, fault: { error } });
    const statuses: number[] = [];
    for (let call = 0; call < 4; call += 1) statuses.push((await callJson('Echo', '{}')).status);
    expect(statuses).toEqual([200, 400, 400, 200]);
  });

  it('may hit every operation of a service', async () => {
    const { faults } = await start();
    faults.push({
      service: 'ecs',
      operation: '*',
      fault: { error: new AwsError('AccessDeniedException', 'User is not authorized') },
    });
    expect(await (await callJson('Refuse', '{}')).json()).toMatchObject({ __type: 'AccessDeniedException' });
    expect((await callQuery({ Action: 'Echo', Version: '2015-12-01' })).status).toBe(200);
  });

  it('keep the caller waiting, on the clock of the wall', async () => {
    const { faults } = await start();
    faults.push({ service: 'ecs', operation: 'Echo', times: 1, fault: { delayMilliseconds: 60 } });
    const before = performance.now();
    expect((await callJson('Echo', '{}')).status).toBe(200);
    expect(performance.now() - before).toBeGreaterThanOrEqual(59);
  });

  it('close the connection without an answer', async () => {
    const { faults, calls } = await start();
    faults.push({ service: 'ecs', operation: 'Echo', times: 1, fault: { dropConnection: true } });
    await expect(callJson('Echo', '{"a":1}')).rejects.toThrow();
    expect((await callJson('Echo', '{}')).status).toBe(200);
    expect(calls.map(({ status, error, input }) => ({ status, error, input }))).toEqual([
      { status: 0, error: 'dropped', input: { a: 1 } },
      { status: 200, error: undefined, input: {} },
    ]);
  });
});

it('asks before every operation whether the caller may call at all', async () => {
  await start({
    authorize: (_, { accessKeyId }) => {
      if (accessKeyId === 'anonymous')
        throw new AwsError('ExpiredTokenException', 'The security token is expired');
    },
  });
  expect(await (await callJson('Echo', '{}')).json()).toMatchObject({ __type: 'ExpiredTokenException' });
});

it('listens on the loopback only, and frees its port when it is closed', async () => {
  const { endpoint, close } = await start();
  const { hostname, port } = new URL(endpoint);
  expect(hostname).toBe('127.0.0.1');
  await close();
  const again = await startAwsServer({ clock: createSteppingClock(0), services: [json], port: Number(port) });
  expect(again.endpoint).toBe(endpoint);
  await again.close();
});
