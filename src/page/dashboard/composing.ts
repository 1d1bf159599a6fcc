/** The forms for composing a batch: the largest part of the page, loaded as one file when it is first needed. */

export { AddPeople } from "./batch/add/add-people.tsx";
export { ChangeBatch } from "./batch/change/change-batch.tsx";
export { DuplicateBatch } from "./batch/duplicate-batch.tsx";
export { AddNumbers } from "./do-not-call/add-numbers.tsx";
export { NewBatchPage } from "./new-batch/new-batch-page.tsx";
