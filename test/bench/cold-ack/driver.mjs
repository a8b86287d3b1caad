// One cold process: loads a handler, gives it one request, prints the status. Like Lambda's runtime, an ES module that
// loads a handler's `.cjs` by `require`: `import` would read all of its source once more in search of export names.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const [, , path, eventFile] = process.argv;
const { handler } = createRequire(import.meta.url)(path);
const answer = await handler(JSON.parse(readFileSync(eventFile, 'utf8')), {
  functionName: 'bench',
  awsRequestId: 'bench',
});
process.stdout.write(`${answer.statusCode}\n`, () => process.exit(0));
