/** A moment as the wire knows it. */
export function viewTime(milliseconds: number | undefined): Date | undefined {
  return milliseconds === undefined ? undefined : new Date(milliseconds);
}
