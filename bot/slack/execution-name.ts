import { createHash } from 'node:crypto';

/**
 * The name under which work is handed on: the same for the same request, however often it is delivered, and different
 * for any other. At most 64 characters of `[a-z0-9-]`, as durable executions are named.
 */
export const executionName = (operation: string, slackIds: readonly string[]): string =>
  `${operation}-${createHash('sha256').update(JSON.stringify(slackIds)).digest('hex').slice(0, 40)}`;
