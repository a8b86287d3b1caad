/** Which protocol each service speaks, and how a refusal looks in it. */

import type { AwsRefusal, CommonRefusal } from '../refusal.ts';
import type { AwsAnswer } from '../types.ts';
import { xmlDocument } from './xml.ts';

/** The protocols of AWS that the lab speaks. */
export type Protocol = 'json-1.0' | 'json-1.1' | 'query' | 'ec2' | 'rest-xml' | 'rest-json';

/** What a service adds to its protocol. */
export interface ServiceProtocol {
  readonly protocol: Protocol;
  /** What stands before the dot of `X-Amz-Target`. */
  readonly target?: string;
  readonly namespace?: string;
}

/** By signing name. Source: the protocol traits of AWS's service models. */
export const SERVICE_PROTOCOLS: Readonly<Record<string, ServiceProtocol>> = {
  ssm: { protocol: 'json-1.1', target: 'AmazonSSM' },
  secretsmanager: { protocol: 'json-1.1', target: 'secretsmanager' },
  route53resolver: { protocol: 'json-1.1', target: 'Route53Resolver' },
  dynamodb: { protocol: 'json-1.0', target: 'DynamoDB_20120810' },
  sqs: { protocol: 'json-1.0', target: 'AmazonSQS' },
  sts: { protocol: 'query', namespace: 'https://sts.amazonaws.com/doc/2011-06-15/' },
  ec2: { protocol: 'ec2', namespace: 'http://ec2.amazonaws.com/doc/2016-11-15/' },
  route53: { protocol: 'rest-xml', namespace: 'https://route53.amazonaws.com/doc/2013-04-01/' },
  lambda: { protocol: 'rest-json' },
  scheduler: { protocol: 'rest-json' },
};

type Family = 'json' | 'query' | 'ec2' | 'rest-json';

const FAMILIES: Readonly<Record<Protocol, Family>> = {
  'json-1.0': 'json',
  'json-1.1': 'json',
  query: 'query',
  'rest-xml': 'query',
  ec2: 'ec2',
  'rest-json': 'rest-json',
};

type Wording = readonly [code: string, status: number, text: string];

const INVALID_TOKEN = 'The security token included in the request is invalid.';
const EXPIRED_TOKEN = 'The security token included in the request is expired';
const BAD_SIGNATURE =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key ' +
  'and signing method. Consult the service documentation for details.';
const NOT_VALIDATED = 'AWS was not able to validate the provided access credentials';

const jsonWording = (status: number): Readonly<Record<CommonRefusal, Wording>> => ({
  'missing-authentication': ['MissingAuthenticationTokenException', status, 'Missing Authentication Token'],
  'incomplete-signature': ['IncompleteSignatureException', status, 'The request signature is incomplete.'],
  'unknown-key': ['UnrecognizedClientException', status, INVALID_TOKEN],
  'bad-signature': ['InvalidSignatureException', status, BAD_SIGNATURE],
  'date-out-of-range': ['InvalidSignatureException', status, 'Signature expired'],
  'expired-token': ['ExpiredTokenException', status, EXPIRED_TOKEN],
  denied: ['AccessDeniedException', status, 'Access denied'],
  throttled: ['ThrottlingException', 400, 'Rate exceeded'],
  internal: ['InternalServerError', 500, 'Internal server error'],
  unavailable: ['ServiceUnavailableException', 503, 'Service is temporarily unavailable.'],
  'unknown-operation': ['UnknownOperationException', 400, 'The operation is not known to this service.'],
  'too-large': ['RequestEntityTooLargeException', 413, 'Request is too large.'],
});

const QUERY_WORDING: Readonly<Record<CommonRefusal, Wording>> = {
  'missing-authentication': ['MissingAuthenticationToken', 403, 'Request is missing Authentication Token'],
  'incomplete-signature': ['IncompleteSignature', 400, 'The request signature is incomplete.'],
  'unknown-key': ['InvalidClientTokenId', 403, INVALID_TOKEN],
  'bad-signature': ['SignatureDoesNotMatch', 403, BAD_SIGNATURE],
  'date-out-of-range': ['SignatureDoesNotMatch', 403, 'Signature expired'],
  'expired-token': ['ExpiredToken', 403, EXPIRED_TOKEN],
  denied: ['AccessDenied', 403, 'Access denied'],
  throttled: ['Throttling', 400, 'Rate exceeded'],
  internal: ['InternalFailure', 500, 'Internal failure'],
  unavailable: ['ServiceUnavailable', 503, 'Service is temporarily unavailable.'],
  'unknown-operation': ['InvalidAction', 400, 'The action is not valid for this web service.'],
  'too-large': ['RequestEntityTooLarge', 413, 'Request is too large.'],
};

const WORDING: Readonly<Record<Family, Readonly<Record<CommonRefusal, Wording>>>> = {
  json: jsonWording(400),
  'rest-json': {
    ...jsonWording(403),
    throttled: ['TooManyRequestsException', 429, 'Rate Exceeded.'],
    internal: ['ServiceException', 500, 'An error occurred and the request cannot be processed.'],
    'unknown-operation': ['UnknownOperationException', 404, 'The operation is not known to this service.'],
  },
  query: QUERY_WORDING,
  ec2: {
    ...QUERY_WORDING,
    'unknown-key': ['AuthFailure', 401, NOT_VALIDATED],
    'bad-signature': ['AuthFailure', 401, NOT_VALIDATED],
    'date-out-of-range': ['RequestExpired', 400, 'Request has expired.'],
    'expired-token': ['RequestExpired', 400, 'Request has expired.'],
    denied: ['UnauthorizedOperation', 403, 'You are not authorized to perform this operation.'],
    throttled: ['RequestLimitExceeded', 503, 'Request limit exceeded.'],
    internal: ['InternalError', 500, 'An internal error has occurred'],
    unavailable: ['Unavailable', 503, 'The service is unavailable. Please try again shortly.'],
  },
};

const CONTENT_TYPES: Readonly<Record<Protocol, string>> = {
  'json-1.0': 'application/x-amz-json-1.0',
  'json-1.1': 'application/x-amz-json-1.1',
  'rest-json': 'application/json',
  'rest-xml': 'text/xml',
  query: 'text/xml',
  ec2: 'text/xml;charset=UTF-8',
};

/** The protocol of a service; a service the lab does not know is answered in JSON. */
export function protocolOf(service: string): ServiceProtocol {
  return SERVICE_PROTOCOLS[service] ?? { protocol: 'rest-json' };
}

/** A refusal in the form its service speaks. */
export function refusalAnswer(service: string, refused: AwsRefusal, requestId: string): AwsAnswer {
  const { protocol, namespace } = protocolOf(service);
  const { code, status, text } = wordingOf(protocol, refused);
  const headers = { 'content-type': CONTENT_TYPES[protocol], 'x-amzn-requestid': requestId };
  switch (FAMILIES[protocol]) {
    case 'json':
      return {
        status,
        headers,
        body: JSON.stringify({ __type: code, ...(text === undefined ? {} : { message: text }) }),
      };
    case 'rest-json':
      return {
        status,
        headers: { ...headers, 'x-amzn-errortype': code },
        body: JSON.stringify({ Type: status < 500 ? 'User' : 'Service', message: text }),
      };
    case 'query':
      return { status, headers, body: errorResponse(namespace, { code, status, text }, requestId) };
    case 'ec2':
      return {
        status,
        headers,
        body: xmlDocument('Response', undefined, [
          [
            'Errors',
            [
              [
                'Error',
                [
                  ['Code', code],
                  ['Message', text ?? ''],
                ],
              ],
            ],
          ],
          ['RequestID', requestId],
        ]),
      };
  }
}

interface Worded {
  readonly code: string;
  readonly status: number;
  readonly text: string | undefined;
}

function wordingOf(protocol: Protocol, { reason, text }: AwsRefusal): Worded {
  if (typeof reason !== 'string') return { ...reason, text };
  const [code, status, usual] = WORDING[FAMILIES[protocol]][reason];
  const prefix = protocol === 'ec2' && reason === 'denied' ? `${usual} ` : '';
  return { code, status, text: text === undefined ? usual : `${prefix}${text}` };
}

function errorResponse(namespace: string | undefined, { code, status, text }: Worded, requestId: string): string {
  return xmlDocument('ErrorResponse', namespace, [
    [
      'Error',
      [
        ['Type', status < 500 ? 'Sender' : 'Receiver'],
        ['Code', code],
        ['Message', text ?? ''],
      ],
    ],
    ['RequestId', requestId],
  ]);
}
