/** A server that answers Route 53's client with what it is told, in order, and keeps what it was asked. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';
import { route53RecordWriter } from '../../../bot/aws/record-writer.ts';
import { siteClients } from '../../../bot/aws/sites.ts';
import { simulatedTime } from '../../fakes/simulated-time.ts';

/** An answer, or what becomes of the connection instead of one. */
export type Scripted =
  | { readonly status: number; readonly body: string; readonly headers?: Readonly<Record<string, string>> }
  | 'dropped'
  /** The head of an answer arrives, and half of its body. */
  | 'cut';

const NAMESPACE = 'xmlns="https://route53.amazonaws.com/doc/2013-04-01/"';

/** The envelope that errors come in. */
export const errorResponse = (status: number, code: string, message: string): Scripted => ({
  status,
  body: `<?xml version="1.0"?>\n<ErrorResponse ${NAMESPACE}><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r-1</RequestId></ErrorResponse>`,
});

/** The form that the API reference documents for a refused batch. */
export const invalidChangeBatch = (...messages: string[]): Scripted => ({
  status: 400,
  body: `<?xml version="1.0"?>\n<InvalidChangeBatch ${NAMESPACE}><Messages>${messages.map((each) => `<Message>${each}</Message>`).join('')}</Messages><RequestId>r-1</RequestId></InvalidChangeBatch>`,
});

/** An answer that all went well. */
export const answered = (root: string, content: string): Scripted => ({
  status: 200,
  body: `<?xml version="1.0"?>\n<${root} ${NAMESPACE}>${content}</${root}>`,
});

export const accepted = (status = 'PENDING', root = 'ChangeResourceRecordSetsResponse'): Scripted =>
  answered(
    root,
    `<ChangeInfo><Id>/change/C0123456789ABC</Id><Status>${status}</Status><SubmittedAt>2026-11-21T00:00:00.123Z</SubmittedAt></ChangeInfo>`,
  );

const play = (response: ServerResponse, scripted: Scripted | undefined): void => {
  if (scripted === 'dropped' || scripted === undefined) {
    response.socket?.destroy();
    return;
  }
  if (scripted === 'cut') {
    response.writeHead(200, { 'content-type': 'text/xml', 'content-length': '1000' });
    response.write('<?xml version="1.0"?>\n<ChangeResourceRecordSetsResponse>', () => response.socket?.destroy());
    return;
  }
  response.writeHead(scripted.status, { 'content-type': 'text/xml', ...scripted.headers }).end(scripted.body);
};

/** Starts it, with the clients of a site that reach it. */
export const scriptedRoute53 = async (...answers: Scripted[]) => {
  const asked: { readonly method: string; readonly path: string; readonly body: string }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      asked.push({
        method: request.method ?? '',
        path: request.url ?? '',
        body: Buffer.concat(chunks).toString('utf8'),
      });
      play(response, answers.shift());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const env = {
    AWS_REGION: 'ap-northeast-1',
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_ACCESS_KEY_ID: 'AKIALABSCRIPTED00000',
    AWS_SECRET_ACCESS_KEY: 'secret',
  };
  const { now: clock } = simulatedTime();
  return {
    asked,
    clock,
    clientsOf: siteClients({ env, clock, functionName: 'change' }),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

/** Starts the production writer before such a server, as often as a test file wants; each server ends behind its test. */
export const writersUnderTest = () => {
  const started: Awaited<ReturnType<typeof scriptedRoute53>>[] = [];
  afterEach(() => Promise.all(started.splice(0).map((each) => each.close())));
  return async (...answers: Scripted[]) => {
    const server = await scriptedRoute53(...answers);
    started.push(server);
    const { asked, clientsOf } = server;
    return { asked, writer: route53RecordWriter({ clientsOf, functionName: 'change' }) };
  };
};
