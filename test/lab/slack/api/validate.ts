/** `blocks.validate`: what is wrong with blocks, a view or a message, without showing any. */
import { blockProblems, isObject, type Problem, viewProblems } from '../block-kit.ts';
import { type Answer, type ApiCall, badArguments, fail, jsonArg, type Method, succeed } from './answer.ts';

function validate({ args }: ApiCall): Answer {
  const given = (['blocks', 'view', 'message'] as const).filter((name) => args[name] !== undefined);
  const [kind] = given;
  if (kind === undefined || given.length > 1) return badArguments('exactly one of blocks, view, message is needed');
  const parsed = jsonArg(args, kind);
  if (parsed === 'garbled') return fail(`invalid_${kind}`);
  const problems = problemsOf(kind, parsed.value);
  if (problems.length === 0) return succeed();
  const errors = problems.map(({ pointer, message }) => ({ pointer, code: 'invalid', message }));
  return fail(`invalid_${kind}`, { errors });
}

function problemsOf(kind: 'blocks' | 'view' | 'message', value: unknown): Problem[] {
  if (kind === 'blocks') return blockProblems(value, 'message');
  if (kind === 'view') return viewProblems(value);
  if (!isObject(value)) return [{ pointer: '', message: 'must be an object' }];
  return value.blocks === undefined ? [] : blockProblems(value.blocks, 'message');
}

/** `blocks.*` by method name. */
export const VALIDATE: Readonly<Record<string, Method>> = {
  'blocks.validate': { tier: 'special', open: true, run: validate },
};
