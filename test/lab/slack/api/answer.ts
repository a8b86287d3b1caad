/** What a Web API method is called with and what it answers. */
import type { JsonObject } from '../block-kit.ts';
import type { WorkspaceState } from '../state.ts';
import type { ApiToken, SlackError } from '../types.ts';

/** Arguments of a call, by name; texts from a form, any JSON from a JSON body. */
export type Arguments = Readonly<Record<string, unknown>>;

export interface ApiCall {
  readonly state: WorkspaceState;
  readonly args: Arguments;
  readonly token: ApiToken;
}

/** Fields beside `ok: true`, or what went wrong. */
export type Answer = { readonly ok: true; readonly fields: JsonObject } | ({ readonly ok: false } & SlackError);

/** How often a method may be called in a minute; `special` has rules of its own. */
export type Tier = 1 | 2 | 3 | 4 | 'special';

export interface Method {
  readonly tier: Tier;
  /** The scope needed; none for methods anybody may call. */
  readonly scope?: string | ((call: ApiCall) => string | undefined);
  /** Needs no token at all. */
  readonly open?: true;
  readonly run: (call: ApiCall) => Answer;
}

/** A success with its fields. */
export function succeed(fields: JsonObject = {}): Answer {
  return { ok: true, fields };
}

/** A refusal in Slack's words. */
export function fail(error: string, detail?: JsonObject): Answer & { readonly ok: false } {
  return { ok: false, error, ...(detail === undefined ? {} : { detail }) };
}

/** A refusal of arguments, as Slack words them. */
export function badArguments(...messages: readonly string[]): Answer & { readonly ok: false } {
  const lines = messages.map((message) => `[ERROR] ${message}`);
  return fail('invalid_arguments', { response_metadata: { messages: lines } });
}

/** A text argument; undefined when it is absent or empty. Numbers of a JSON body count as text. */
export function textArg(args: Arguments, name: string): string | undefined {
  const value = args[name];
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A yes-or-no argument; absent means no. */
export function flagArg(args: Arguments, name: string): boolean {
  return args[name] === true || args[name] === 'true' || args[name] === '1';
}

/** An argument that is JSON: parsed when it came as text. `'garbled'` when it is not JSON. */
export function jsonArg(args: Arguments, name: string): { readonly value: unknown } | 'garbled' {
  const value = args[name];
  if (typeof value !== 'string') return { value };
  if (value.trim() === '') return { value: undefined };
  try {
    return { value: JSON.parse(value) };
  } catch {
    return 'garbled';
  }
}

/** A page of a list, with the cursor of the next one. */
export function pageOf<T>(
  args: Arguments,
  items: readonly T[],
  maximum: number,
): { readonly items: readonly T[]; readonly nextCursor: string } | 'invalid_cursor' {
  const limit = Math.min(Math.max(Number(textArg(args, 'limit') ?? 100) || 100, 1), maximum);
  const cursor = textArg(args, 'cursor');
  const start =
    cursor === undefined
      ? 0
      : Number(
          Buffer.from(cursor, 'base64url')
            .toString()
            .replace(/^next:/, ''),
        );
  if (!Number.isInteger(start) || start < 0 || start > items.length) return 'invalid_cursor';
  const more = start + limit < items.length;
  const nextCursor = more ? Buffer.from(`next:${start + limit}`).toString('base64url') : '';
  return { items: items.slice(start, start + limit), nextCursor };
}
