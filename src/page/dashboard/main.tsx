/** The dashboard at `/`. It only uses the public API, with the key that the user signs in with. */

import "./styles/index.css";
import { render } from "preact";
import { App } from "./app.tsx";
import { applyTheme } from "./shell/stored-theme.ts";

applyTheme();
const root = document.getElementById("dashboard");
if (root !== null) render(<App />, root);
