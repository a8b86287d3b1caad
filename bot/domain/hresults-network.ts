import type { HresultRow } from './hresult-row.ts';

/** Codes of DNS, of WMI and of Windows in general, as they appear in activation. */
export const NETWORK_CODES: readonly HresultRow[] = [
  ['8007232B', 'DNS_ERROR_RCODE_NAME_ERROR', 'client', 'dns-owner', 'no-srv-record'],
  ['8007251D', 'DNS_INFO_NO_RECORDS', 'client', 'dns-owner', 'no-srv-record'],
  ['8007232A', 'DNS_ERROR_RCODE_SERVER_FAILURE', 'any', 'dns-owner', 'dns-server-failing'],
  ['8007232D', 'DNS_ERROR_RCODE_REFUSED', 'host', 'dns-owner', 'dns-update-refused'],
  ['80072338', 'DNS_ERROR_RCODE_BADSIG', 'host', 'dns-owner', 'dns-update-refused'],
  ['80072339', 'DNS_ERROR_RCODE_BADKEY', 'host', 'dns-owner', 'dns-update-refused'],
  ['8007233A', 'DNS_ERROR_RCODE_BADTIME', 'host', 'dns-owner', 'dns-update-refused'],
  ['8007267C', 'DNS_ERROR_NO_DNS_SERVERS', 'any', 'machine-owner', 'no-dns-server'],
  ['80092328', '', 'client', 'dns-owner', 'no-srv-record'],
  ['8007007B', 'ERROR_INVALID_NAME', 'client', 'machine-owner', 'bad-host-name'],
  ['80070005', 'E_ACCESSDENIED', 'any', 'machine-owner', 'access-denied'],
  ['80070490', 'ERROR_NOT_FOUND', 'microsoft', 'licence-owner', 'key-not-found'],
  ['800705B4', 'ERROR_TIMEOUT', 'client', 'network-owner', 'timed-out'],
  ['8007000D', 'ERROR_INVALID_DATA', 'any', 'machine-owner', 'rights-damaged'],
  ['80070057', 'ERROR_INVALID_PARAMETER', 'any', 'machine-owner', 'bad-parameter'],
  ['80070422', 'ERROR_SERVICE_DISABLED', 'any', 'machine-owner', 'service-disabled'],
  ['80070002', 'ERROR_FILE_NOT_FOUND', 'any', 'machine-owner', 'file-missing'],
  ['80041001', 'WBEM_E_FAILED', 'any', 'machine-owner', 'wmi-failing'],
  ['80041003', 'WBEM_E_ACCESS_DENIED', 'any', 'machine-owner', 'wmi-access-denied'],
  ['8004100E', 'WBEM_E_INVALID_NAMESPACE', 'any', 'machine-owner', 'wmi-incomplete'],
  ['80041010', 'WBEM_E_INVALID_CLASS', 'any', 'machine-owner', 'wmi-incomplete'],
  ['80041014', 'WBEM_E_INITIALIZATION_FAILURE', 'any', 'machine-owner', 'wmi-failing'],
  ['D0000272', 'STATUS_NO_MATCH', 'any', 'machine-owner', 'unclear'],
];
