// The one error people see without a stack: it names the thing, shows the value, points to the next step.
// Everything else that is thrown is a bug, and shows its stack.

export class LeapError extends Error {
  override readonly name = "LeapError";
}
