/** `npm start`: the service on this machine, with the demo organization, until Ctrl-C. */

import { forever, keyLine, publicUrl, runCommand, shownKey } from "./command.ts";
import { createCurl, readCurl } from "./curls.ts";
import { VARIABLES_HELP } from "./help.ts";
import { optionsOf } from "./options.ts";

const HELP = `npm start

Runs the service with a stand-in carrier and a demo organization, until Ctrl-C.

${VARIABLES_HELP}`;

const values = optionsOf({ help: { type: "boolean", short: "h" } });
if (values.help) {
  console.log(HELP);
} else {
  await runCommand((service) => {
    const url = publicUrl(service.settings);
    console.log(`
Create a batch of two recipients:

${keyLine(service)}${createCurl(url, shownKey(service))}

Read it:

${readCurl(url, shownKey(service))}

Ctrl-C ends everything.`);
    return forever();
  }, 0);
}
