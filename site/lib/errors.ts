// The one error that people see without a stack while a site is rendered; same grammar as the pipeline's.
export class LeapError extends Error {
  override readonly name = "LeapError";
}
