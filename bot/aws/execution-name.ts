import { createHash } from 'node:crypto';

/** `…:function:<name>:<version>/durable-execution/<execution name>/<id>` */
const NAME = /\/durable-execution\/([A-Za-z0-9_-]{1,64})\//;

/** The name a durable execution was started under, which is unique to the request; a hash of an ARN of another form. */
export const executionName = (arn: string): string =>
  NAME.exec(arn)?.[1] ?? createHash('sha256').update(arn).digest('hex').slice(0, 32);
