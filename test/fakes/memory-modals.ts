import type { PhoneModal } from '../../bot/domain/change/phone.ts';
import type { Modals } from '../../bot/ports.ts';

export interface MemoryModals extends Modals {
  /** What each view shows, newest last. */
  readonly shown: { readonly viewId: string; readonly modal: PhoneModal }[];
  /** Views that the person closed. */
  readonly closed: Set<string>;
}

/** Modals in memory. */
export const memoryModals = (): MemoryModals => {
  const shown: { viewId: string; modal: PhoneModal }[] = [];
  const closed = new Set<string>();
  return {
    shown,
    closed,
    update: async (viewId, modal) => {
      if (closed.has(viewId)) return 'gone';
      shown.push({ viewId, modal });
      return 'shown';
    },
  };
};
