import type { HresultRow } from './hresult-row.ts';

/** Codes of activation by phone: Installation and Confirmation IDs. */
export const PHONE_CODES: readonly HresultRow[] = [
  ['C004F02C', 'SL_E_CIDIID_INVALID_DATA', 'microsoft', 'machine-owner', 'confirmation-id-wrong'],
  ['C004F02D', 'SL_E_CIDIID_INVALID_VERSION', 'microsoft', 'machine-owner', 'confirmation-id-stale'],
  ['C004F02E', 'SL_E_CIDIID_VERSION_NOT_SUPPORTED', 'microsoft', 'machine-owner', 'confirmation-id-stale'],
  ['C004F02F', 'SL_E_CIDIID_INVALID_DATA_LENGTH', 'microsoft', 'machine-owner', 'confirmation-id-wrong'],
  ['C004F030', 'SL_E_CIDIID_NOT_DEPOSITED', 'microsoft', 'machine-owner', 'confirmation-id-wrong'],
  ['C004F031', 'SL_E_CIDIID_MISMATCHED', 'microsoft', 'machine-owner', 'confirmation-id-stale'],
  ['C004F04D', 'SL_E_CIDIID_INVALID_CHECK_DIGITS', 'microsoft', 'machine-owner', 'confirmation-id-wrong'],
  ['C004F07E', 'SL_E_CIDIID_MISMATCHED_PKEY', 'microsoft', 'machine-owner', 'confirmation-id-stale'],
  ['C004F07F', 'SL_E_CIDIID_NOT_BOUND', 'microsoft', 'machine-owner', 'confirmation-id-stale'],
];

/** Codes of Microsoft's activation server and of the way there: KMS host keys, MAKs and retail keys only. */
export const SERVER_CODES: readonly HresultRow[] = [
  ['C004C001', '', 'microsoft', 'licence-owner', 'wrong-key'],
  ['C004C003', '', 'microsoft', 'licence-owner', 'key-blocked'],
  ['C004C008', '', 'microsoft', 'licence-owner', 'activation-limit'],
  ['C004C017', '', 'microsoft', 'licence-owner', 'key-blocked'],
  ['C004C020', '', 'microsoft', 'licence-owner', 'activation-limit'],
  ['C004C021', '', 'microsoft', 'licence-owner', 'activation-limit'],
  ['C004C060', '', 'microsoft', 'licence-owner', 'key-blocked'],
  ['C004B100', '', 'microsoft', 'licence-owner', 'wrong-key'],
  ['80072EE7', 'ERROR_WINHTTP_NAME_NOT_RESOLVED', 'microsoft', 'network-owner', 'no-internet'],
  ['80072EFD', 'ERROR_WINHTTP_CANNOT_CONNECT', 'microsoft', 'network-owner', 'no-internet'],
  ['80072EE2', 'ERROR_WINHTTP_TIMEOUT', 'microsoft', 'network-owner', 'no-internet'],
  ['80072EFE', 'ERROR_WINHTTP_CONNECTION_ERROR', 'microsoft', 'network-owner', 'no-internet'],
  ['80072F8F', 'ERROR_WINHTTP_SECURE_FAILURE', 'microsoft', 'network-owner', 'no-internet'],
  ['8004FE33', '', 'microsoft', 'network-owner', 'proxy'],
  ['800704CF', 'ERROR_NETWORK_UNREACHABLE', 'any', 'network-owner', 'no-internet'],
];
