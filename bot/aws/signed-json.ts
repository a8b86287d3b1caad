/** Operations of a JSON service by signed requests, with errors as the SDK's clients would have thrown them. */
import type { z } from 'zod';
import type { Site } from '../domain/nodes.ts';
import { Transient } from '../errors.ts';
import { type AwsCall, type AwsRequest, type AwsResponse, NoAwsAnswer } from './signed-fetch.ts';
import { translated } from './translate-errors.ts';

/** A service by its signing name, and what its operations begin with in `x-amz-target`. */
export interface JsonService {
  readonly name: AwsRequest['service'];
  readonly target: string;
}

const PATIENCE_MS = 10_000;

/** An error as the SDK's clients would have thrown it, so that it is told apart in one place. */
const refusalOf = ({ name }: JsonService, { status, errorType }: AwsResponse): Error =>
  Object.assign(new Error(`${name} answered ${status}`), {
    name: errorType ?? 'Unknown',
    $metadata: { httpStatusCode: status },
  });

/** Sends one operation and reads its answer in this shape. */
export type JsonCall = <T>(operation: string, input: object, shape: z.ZodType<T>) => Promise<T>;

/**
 * Calls in a site's account and region.
 *
 * @throws Throttled, Transient, OperationFailed, or an error of the service's name for it.
 */
export const signedJson =
  (call: AwsCall, service: JsonService, site: Site, functionName: string): JsonCall =>
  (operation, input, shape) =>
    translated({ action: `${service.name}:${operation}`, functionName, siteId: site.id }, async () => {
      try {
        const response = await call({
          service: service.name,
          path: '/',
          headers: {
            'content-type': 'application/x-amz-json-1.1',
            'x-amz-target': `${service.target}.${operation}`,
          },
          body: JSON.stringify(input),
          timeoutMs: PATIENCE_MS,
        });
        if (response.status !== 200) throw refusalOf(service, response);
        return shape.parse(JSON.parse(response.body));
      } catch (error) {
        if (error instanceof NoAwsAnswer) throw new Transient(service.name, 'no answer', { cause: error });
        throw error;
      }
    });
