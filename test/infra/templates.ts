/** The stacks of a sample configuration, and their policies as tests look at them. */
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { createBotApp } from '../../infra/lib/app.ts';
import { type BotConfig, parseConfig } from '../../infra/lib/config.ts';

/** A configuration as a person writes it: two sites, and nothing that has a default. */
export const WRITTEN = {
  teamId: 'T0TEAM',
  botId: 'B0BOT',
  botUserId: 'U0BOT',
  sites: [
    { id: 'tokyo', account: '111122223333', region: 'ap-northeast-1' },
    { id: 'frankfurt', account: '444455556666', region: 'eu-central-1' },
  ],
};

/** The sample configuration with these entries beside or instead. */
export const configured = (entries: Readonly<Record<string, unknown>> = {}): BotConfig =>
  parseConfig({ ...WRITTEN, ...entries }, 'the test');

/** The app, not yet synthesised. */
export const built = (config: BotConfig) =>
  createBotApp({ config, code: () => Code.fromInline('exports.handler = async () => {};') });

/** Templates of the home site and of the other one. */
export const templatesOf = (config: BotConfig): { readonly home: Template; readonly member: Template } => {
  const { bot, sites } = built(config);
  const [site] = sites;
  if (site === undefined) throw new Error('no member site was made');
  return { home: Template.fromStack(bot), member: Template.fromStack(site) };
};

export interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

export const asList = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value : [value as T]);

/** A policy of a template; `roles` is the JSON of whom it belongs to. */
export interface Policy {
  readonly id: string;
  readonly roles: string;
  readonly statements: readonly Statement[];
}

export const policiesOf = (template: Template): readonly Policy[] =>
  Object.entries(template.findResources('AWS::IAM::Policy')).map(([id, resource]) => ({
    id,
    roles: JSON.stringify(resource.Properties.Roles),
    statements: resource.Properties.PolicyDocument.Statement as Statement[],
  }));

export const statementsOf = (policies: readonly Policy[]): readonly Statement[] =>
  policies.flatMap(({ statements }) => statements);

/** Each action once. */
export const actionsOf = (policies: readonly Policy[]): string[] => [
  ...new Set(statementsOf(policies).flatMap((statement) => asList(statement.Action))),
];
