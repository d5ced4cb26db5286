// Pictures and colours come from the server in the reader's theme. Where that changes while a page
// stands, by the system's evening or by Streamlit's menu, the page is run anew.

import { readAddress } from "./reconnect.js";

const app = document.querySelector("[data-testid=stApp]");
const schemeOf = () => getComputedStyle(app).colorScheme;
let scheme = schemeOf();

new MutationObserver(() => {
  const now = schemeOf();
  if (now !== scheme) readAddress();
  scheme = now;
}).observe(app, { attributeFilter: ["class"] });
