import { fileURLToPath } from 'node:url';
import { Validations } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { AwsSolutionsChecks } from 'cdk-nag';
import { acknowledgeFindings } from '../lib/acknowledgements.ts';
import { createBotApp } from '../lib/app.ts';
import { readConfig } from '../lib/config.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const built = createBotApp({
  config: readConfig(process.env.KMSBOT_CONFIG ?? here('../config.json')),
  code: (name) => Code.fromAsset(here(`../../dist/${name}`)),
});
Validations.of(built.app).addPlugins(new AwsSolutionsChecks(built.app));
acknowledgeFindings(built);
