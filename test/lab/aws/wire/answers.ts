/** Good answers in each protocol's form. */
import { randomUUID } from 'node:crypto';
import type { AwsAnswer } from '../types.ts';
import { SERVICE_PROTOCOLS } from './protocols.ts';
import { type XmlElement, xmlDocument } from './xml.ts';

/** An answer of a JSON service; `undefined` fields are left out. */
export function jsonAnswer(body: object, version: '1.0' | '1.1' = '1.1'): AwsAnswer {
  return { status: 200, headers: { 'content-type': `application/x-amz-json-${version}` }, body: JSON.stringify(body) };
}

/** An answer of a query service: `<XResponse><XResult>…</XResult><ResponseMetadata/></XResponse>`. */
export function queryAnswer(service: string, operation: string, result: readonly XmlElement[]): AwsAnswer {
  const requestId = randomUUID();
  const body = xmlDocument(`${operation}Response`, SERVICE_PROTOCOLS[service]?.namespace, [
    [`${operation}Result`, result],
    ['ResponseMetadata', [['RequestId', requestId]]],
  ]);
  return { status: 200, headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId }, body };
}

/** An answer of EC2: the operation's own elements behind the request id. */
export function ec2Answer(operation: string, result: readonly XmlElement[]): AwsAnswer {
  const requestId = randomUUID();
  const body = xmlDocument(`${operation}Response`, SERVICE_PROTOCOLS.ec2?.namespace, [
    ['requestId', requestId],
    ...result,
  ]);
  return { status: 200, headers: { 'content-type': 'text/xml;charset=UTF-8', 'x-amzn-requestid': requestId }, body };
}

/** An answer of Route 53. */
export function restXmlAnswer(service: string, root: string, content: readonly XmlElement[]): AwsAnswer {
  const body = xmlDocument(root, SERVICE_PROTOCOLS[service]?.namespace, content);
  return { status: 200, headers: { 'content-type': 'text/xml' }, body };
}

/** A time as the JSON protocols write it: seconds since 1970 with a fraction. */
export function epochSeconds(ms: number): number {
  return ms / 1000;
}
