/** Names of the functions' environment variables. The infrastructure sets them by these names, the entry points read them. */
export const ENVIRONMENT = {
  /** ARN or name of the secret `{ "signingSecret": …, "botToken": … }`. */
  slackSecret: 'KMSBOT_SLACK_SECRET',
  /** The only workspace that is answered. */
  teamId: 'KMSBOT_TEAM_ID',
  /** The app and its bot user, so that nothing asks Slack at start. */
  botId: 'KMSBOT_BOT_ID',
  botUserId: 'KMSBOT_BOT_USER_ID',
  /** Base of Slack's Web API; absent for Slack itself. */
  slackApiUrl: 'KMSBOT_SLACK_API_URL',
  /** `en` or `ja`: language of what a whole channel reads. */
  language: 'KMSBOT_LANGUAGE',
  /** Qualified ARN (alias) of the observe function. */
  observeFunction: 'KMSBOT_OBSERVE_FUNCTION',
  /** Qualified ARN (alias) of the change function; absent where changes are not deployed. */
  changeFunction: 'KMSBOT_CHANGE_FUNCTION',
  /** JSON list of rights rules (`RightsRule`); absent: everyone may look, nobody may change anything. */
  rights: 'KMSBOT_RIGHTS',
  /** JSON of what the deployment allows of changes (`ChangeSettings` without its rules). */
  changes: 'KMSBOT_CHANGES',
  /** DynamoDB table of the audit; absent where changes are not deployed. */
  auditTable: 'KMSBOT_AUDIT_TABLE',
  /** DynamoDB table of the ledger. */
  ledgerTable: 'KMSBOT_LEDGER_TABLE',
  /** JSON list of sites, the first is the default: `[{"id","account","region","roleArn"?}]`. */
  sites: 'KMSBOT_SITES',
  /** The tag that marks the fleet, `Key=Value`; default `KmsManaged=true`. */
  fleetTag: 'KMSBOT_FLEET_TAG',
  /** Name of the inspection document, and the version to run. */
  inspectDocument: 'KMSBOT_INSPECT_DOCUMENT',
  inspectDocumentVersion: 'KMSBOT_INSPECT_DOCUMENT_VERSION',
  /** JSON list of networks or names that KMS targets may lie in beyond the private ranges. */
  knownHosts: 'KMSBOT_KNOWN_HOSTS',
  /** JSON list of the zones that the configuration names (`ConfiguredZone`); absent: none. */
  zones: 'KMSBOT_ZONES',
  /** What this deployment's marks beside record sets are told by: twelve hex digits. */
  owner: 'KMSBOT_OWNER',
} as const;
