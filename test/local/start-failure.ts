/** Something that the person at the terminal can change. Its message is shown without a stack. */
export class StartFailure extends Error {
  override readonly name = "StartFailure";
}
