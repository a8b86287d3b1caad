/** Part of `npm run check`: the Slack manifest asks for exactly what the bot needs, in the form Slack accepts. */
import { manifestProblems, readManifestFile } from './manifest-rules.ts';

const problems = manifestProblems(readManifestFile());
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
