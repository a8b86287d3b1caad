import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CheckpointDurableExecutionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterEach, describe, expect, it } from 'vitest';
import { awsClientConfig, engineClientConfig } from '../../bot/aws/client-config.ts';

const ENV = { AWS_REGION: 'ap-northeast-1', AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' };
const CHECKPOINT = { DurableExecutionArn: 'arn', CheckpointToken: 'token', Updates: [] };

let server: Server;
let requests: string[];

/** A service that hangs up on the first request, as a connection does that died while nobody looked. */
const listen = async (): Promise<string> => {
  requests = [];
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += String(part);
    });
    request.on('end', () => {
      requests.push(body);
      if (requests.length === 1) request.socket.destroy();
      else response.setHeader('content-type', 'application/json').end('{"CheckpointToken":"next"}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

describe('a connection that died', () => {
  it('does not end an invocation: progress is kept by trying again, with the same token', async () => {
    const client = new LambdaClient(engineClientConfig({ ...ENV, AWS_ENDPOINT_URL: await listen() }));

    expect(await client.send(new CheckpointDurableExecutionCommand(CHECKPOINT))).toMatchObject({
      CheckpointToken: 'next',
    });
    expect(requests).toHaveLength(2);
    expect(requests[0]).toContain('"ClientToken"');
    expect(requests[1]).toBe(requests[0]);
  });

  it('fails every other call at once, for the operation to wait durably', async () => {
    const client = new LambdaClient(awsClientConfig({ ...ENV, AWS_ENDPOINT_URL: await listen() }));

    await expect(client.send(new CheckpointDurableExecutionCommand(CHECKPOINT))).rejects.toMatchObject({
      code: 'ECONNRESET',
    });
    expect(requests).toHaveLength(1);
  });
});
