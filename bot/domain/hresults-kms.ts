import type { HresultRow } from './hresult-row.ts';

/** Codes of the exchange between KMS client and KMS host, and of the state a KMS client is in. */
export const KMS_CODES: readonly HresultRow[] = [
  ['C004F074', 'SL_E_VL_BINDING_SERVICE_UNAVAILABLE', 'client', 'network-owner', 'no-host-reached'],
  ['C0020017', 'RPC_NT_SERVER_UNAVAILABLE', 'client', 'network-owner', 'rpc-failed'],
  ['800706BA', 'RPC_S_SERVER_UNAVAILABLE', 'client', 'network-owner', 'rpc-failed'],
  ['800706BB', 'RPC_S_SERVER_TOO_BUSY', 'client', 'network-owner', 'rpc-failed'],
  ['800706BE', 'RPC_S_CALL_FAILED', 'client', 'network-owner', 'rpc-failed'],
  ['800706D9', 'EPT_S_NOT_REGISTERED', 'client', 'network-owner', 'rpc-failed'],
  ['8007139F', 'ERROR_INVALID_STATE', 'client', 'machine-owner', 'service-stuck'],
  ['C004F038', 'SL_E_VL_NOT_ENOUGH_COUNT', 'client', 'kms-host-owner', 'count-too-low'],
  ['C004F039', 'SL_E_VL_BINDING_SERVICE_NOT_ENABLED', 'client', 'kms-host-owner', 'target-not-kms'],
  ['C004F041', 'SL_E_VL_KEY_MANAGEMENT_SERVICE_NOT_ACTIVATED', 'host', 'kms-host-owner', 'host-not-activated'],
  ['4004F041', 'SL_I_VL_OOB_NO_BINDING_SERVER_REGISTRATION', 'client', 'nobody', 'never-bound'],
  ['C004F042', 'SL_E_VL_KEY_MANAGEMENT_SERVICE_ID_MISMATCH', 'host', 'kms-host-owner', 'host-too-old'],
  ['4004F042', '', 'host', 'kms-host-owner', 'host-too-old'],
  ['C004F015', 'SL_E_PRODUCT_SKU_NOT_INSTALLED', 'host', 'kms-host-owner', 'host-too-old'],
  ['C004F06C', 'SL_E_VL_INVALID_TIMESTAMP', 'client', 'machine-owner', 'clock-skew'],
  ['C004F06B', 'SL_E_VL_KEY_MANAGEMENT_SERVICE_VM_NOT_SUPPORTED', 'host', 'kms-host-owner', 'virtual-host'],
  ['C004F056', 'SL_E_VL_MACHINE_NOT_BOUND', 'client', 'network-owner', 'never-bound'],
  ['4004F040', 'SL_E_VL_INFO_PRODUCT_USER_RIGHT', 'client', 'nobody', 'normal'],
  ['4004F00C', 'SL_I_OOB_GRACE_PERIOD', 'client', 'nobody', 'normal'],
  ['4004F00D', 'SL_I_OOT_GRACE_PERIOD', 'client', 'machine-owner', 'out-of-tolerance'],
  ['4004F401', 'SL_I_STORE_BASED_ACTIVATION', 'microsoft', 'nobody', 'normal'],
  ['C004F035', 'SL_E_VL_NOT_WINDOWS_SLP', 'client', 'licence-owner', 'not-qualifying'],
  ['C004F06A', 'SL_E_OPERATION_NOT_ALLOWED', 'any', 'machine-owner', 'policy'],
];
