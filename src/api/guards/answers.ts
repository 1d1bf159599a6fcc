/**
 * What those that are asked answer, in their order, without those that fail: one of them must not lock a person out of
 * the others. If all fail, it fails as the first.
 */
export async function answersOf<Answer>(asked: readonly Promise<Answer>[]): Promise<readonly Answer[]> {
  const settled = await Promise.allSettled(asked);
  const answers = settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const failed = settled.find((one) => one.status === "rejected");
  if (answers.length === 0 && failed !== undefined) throw failed.reason;
  return answers;
}
