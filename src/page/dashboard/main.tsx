/** The dashboard at `/`. It uses the public API with a key that somebody signs in with, and nothing else. */

import "./styles/index.css";
import { render } from "preact";
import { App } from "./app.tsx";
import { applyTheme } from "./shell/theme.ts";

applyTheme();
const root = document.getElementById("dashboard");
if (root !== null) render(<App />, root);
