/** A problem that the user at the terminal can correct. Its message is shown without a stack. */
export class StartFailure extends Error {
  override readonly name = "StartFailure";
}
