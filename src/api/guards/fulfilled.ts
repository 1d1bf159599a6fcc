/**
 * The values of the promises that are fulfilled, in order. Rejected ones are left out: an object that does not answer must
 * not lock a person out of the others. If all are rejected, it rejects as the first.
 */
export async function fulfilled<Value>(promises: readonly Promise<Value>[]): Promise<readonly Value[]> {
  const settled = await Promise.allSettled(promises);
  const values = settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const failed = settled.find((one) => one.status === "rejected");
  if (values.length === 0 && failed !== undefined) throw failed.reason;
  return values;
}
