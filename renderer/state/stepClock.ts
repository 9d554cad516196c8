/** One order for the steps of all histories: project, selection and cameras are undone as they came. */
let last = 0;

/** Greater than every step before. */
export function nextStep(): number {
  last += 1;
  return last;
}
