import { present } from "../../../calling/requests/assert.ts";
import { err, mapped } from "../../../calling/requests/result.ts";
import { changePreviewAnswer, presentChangePreview } from "../../answers/calls/change-preview.ts";
import { pathPart, routeOfOwn } from "../../context.ts";
import * as samples from "../../openapi/samples/calls.ts";
import { content, ok, operation, refusal } from "../../operation.ts";
import { batchChange } from "../../requests/batch.ts";
import { ONE_BATCH, ofBatch, targetProblem } from "./batch.ts";
import { changeOf } from "./change.ts";

export const previewChange = operation({
  ...ONE_BATCH,
  method: "POST",
  role: "viewer",
  path: `${ONE_BATCH.path}/preview`,
  audit: null,
  id: "previewChange",
  summary: "See what a change would do to waiting recipients",
  description: "Changes nothing. Accepts and refuses what Change does, except failures: it counts them.",
  body: content("PreviewChange", batchChange, { calling_window: null }),
  answer: ok(
    "How many recipients may be called as before, sooner, later or never, and why.",
    content("ChangePreview", changePreviewAnswer, samples.changePreview),
  ),
  refusals: {
    400: refusal("batch_started", "The request is not valid, or dialing has begun (`batch_started`)."),
  },
  handle: async (c, { body }) => {
    const problem = await targetProblem(c, body.target_concurrency_limit);
    if (problem !== null) return err(problem);
    const preview = await ofBatch(c, (batch, ...whose) => batch.previewChange(...whose, changeOf(body)));
    return mapped(preview, (told) => {
      const route = present(routeOfOwn(c, pathPart(c, "batch_id")), "a batch with this id has answered");
      return presentChangePreview(route, told);
    });
  },
});
