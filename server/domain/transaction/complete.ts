import type { Transaction } from './transaction.ts';

/** Removes an effect whose outcome is fed to the machine in the same commit. The input is untouched. */
export const completeEffect = (transaction: Transaction, effectId: string): Transaction => ({
  ...transaction,
  effects: transaction.effects.filter((effect) => effect.id !== effectId),
});
