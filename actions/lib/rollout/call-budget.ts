/** Keeps looks within ECS's read quotas: less than two calls per poll and batch of ten services, so 40 a minute at 3 s. */
export interface CallBudget {
  spare: number;
}

// What did not move is looked at again every so many looks.
export const everyLooks = 5;
const maximumSpare = 3;
// Calls per poll beyond the one that describes a batch; with what is saved up, 20 + 17 + 3 a minute.
const income = 0.85;

/** Grants what one look over `batches` batches of services may spend. */
export function grantLook(budget: CallBudget, batches: number): void {
  budget.spare = Math.min(maximumSpare, budget.spare + income * batches);
}
