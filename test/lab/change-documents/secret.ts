/** Fetching a secret with the machine's own role, as `shared/secret.ps1` does it. */
import type { SecretReference, WireChange } from '../../../bot/domain/change/change-wire.ts';
import { text } from '../inspect/text.ts';
import type { HttpAnswer } from '../world/surface.ts';
import { BadOptions, objectIn } from './change-document.ts';
import { agentKeys, instanceKeys, jsonText, send } from './credentials.ts';
import { CallFailed, codeOf, Refused, type Session } from './session.ts';
import { type AccessKeys, type SecretRequest, secretRequest, signed } from './signed-request.ts';

const REGION = /^[a-z]{2,4}(?:-[a-z]{2,12}){1,3}-[0-9]{1,2}$/;
const PATH = '[A-Za-z0-9/_.+=@-]{1,200}$';

/** Which secret `from` of the options means: nothing but the bot's own. @throws BadOptions */
export const secretReference = (
  options: Readonly<Record<string, unknown>>,
  folder: 'keys' | 'confirmation',
): SecretReference => {
  const { store, name, region } = objectIn(options, 'from') ?? {};
  if (typeof store !== 'string' || typeof name !== 'string' || typeof region !== 'string') throw new BadOptions();
  if (!REGION.test(region)) throw new BadOptions();
  if (store !== 'secrets-manager' && store !== 'parameter-store') throw new BadOptions();
  const before = store === 'secrets-manager' ? `^arn:aws:secretsmanager:${region}:[0-9]{12}:secret:` : '^/';
  if (!new RegExp(`${before}kms-bot/${folder}/${PATH}`).test(name)) throw new BadOptions();
  return { store, name, region };
};

/** Why nothing was given. */
interface Refusal {
  readonly step: string;
  readonly code: string;
  readonly need?: string;
  readonly who?: string;
}

/** The secret's text. @throws Refused with what AWS refused first, or why there was nothing to ask with. */
export const fetchSecret = (session: Session, reference: SecretReference): string => {
  const byTools = fetchByTools(session, reference);
  if (byTools !== undefined) return gaveBy(session, 'tools', byTools);
  const request = secretRequest(reference);
  let refusal: Refusal | undefined;
  let none: Refusal = { step: 'credentials', code: '' };
  for (const [via, find] of SOURCES) {
    const keys = attempted(() => find(session));
    if (keys instanceof CallFailed) none = { ...none, code: resultCode(keys) };
    if (keys === undefined || keys instanceof CallFailed) continue;
    const said = attempted(() => ask(session, keys, request));
    if (typeof said === 'string') return gaveBy(session, via, said);
    const why = said instanceof CallFailed ? { step: request.action, code: resultCode(said) } : said;
    if (refusal?.need === undefined && (refusal === undefined || why.need !== undefined)) refusal = why;
  }
  throw refused(session, refusal ?? none);
};

const SOURCES = [
  ['instance', instanceKeys],
  ['agent', agentKeys],
] as const;

const gaveBy = (session: Session, via: NonNullable<WireChange['via']>, text: string): string => {
  session.change.via = via;
  return text;
};

const refused = (session: Session, { step, code, need, who }: Refusal): Refused => {
  session.step = step;
  Object.assign(session.change, { need, who });
  return new Refused('secret-unreadable', code);
};

/** The value, or the failure of a call. */
const attempted = <T>(act: () => T): T | CallFailed => {
  try {
    return act();
  } catch (error) {
    codeOf(error);
    return error as CallFailed;
  }
};

const resultCode = ({ code }: CallFailed): string => (/^[0-9A-F]{8}$/.test(code) ? code : '');

/** AWS Tools for PowerShell, where this machine has them; whatever goes wrong with them, the signed request says why. */
const fetchByTools = (session: Session, { store, name, region }: SecretReference): string | undefined => {
  const { surface } = session;
  const [command, args, shows] =
    store === 'secrets-manager'
      ? (['Get-SECSecretValue', { SecretId: name, Region: region }, 'SecretString'] as const)
      : (['Get-SSMParameter', { Name: name, WithDecryption: true, Region: region }, 'Value'] as const);
  if (surface.without.includes(command)) return undefined;
  const outcome = surface.command(command, args);
  session.elapsedMs += 'ok' in outcome ? outcome.ms : (outcome.error.afterMs ?? 0);
  return 'ok' in outcome ? text(outcome.ok[0]?.[shows]) : undefined;
};

const ask = (session: Session, keys: AccessKeys, request: SecretRequest): string | Refusal => {
  const nowMs = session.surface.clockMs + Math.floor(session.elapsedMs);
  const answer = send(session, signed(keys, request, nowMs));
  if (answer.status !== 200) return refusalIn(request, answer);
  return jsonText(answer.body, request.service === 'ssm' ? 'Value' : 'SecretString') ?? '';
};

/** In AWS's own words who may not do what; any other error by its name. */
const refusalIn = ({ service, action }: SecretRequest, { body }: HttpAnswer): Refusal => {
  const type = (jsonText(body, '__type') ?? '').split('#').at(-1) ?? '';
  const message = jsonText(body, '[Mm]essage') ?? '';
  if (type !== 'AccessDeniedException') return { step: /^[A-Za-z]{1,64}$/.test(type) ? type : action, code: '' };
  const named = /not authorized to perform: ([a-z0-9-]{1,32}:[A-Za-z0-9]{1,64})/.exec(message)?.[1];
  const isKms = message.includes('Access to KMS is not allowed');
  const who = /^User: (arn:[!-~]{1,256}) is not authorized/.exec(message)?.[1];
  const need = named ?? (isKms ? 'kms:Decrypt' : `${service}:${action}`);
  return { step: action, code: '', need, ...(who === undefined ? {} : { who }) };
};
