// A server that was restarted knows nothing of the visit, and Streamlit's browser side, once it is
// connected again, runs nothing by itself: what a learner did next would be lost. So the address,
// which holds the state, is read anew: Streamlit does that where the reader goes back or forward.

const CONNECTED = "CONNECTED";
const state = (app) => app.getAttribute("data-test-connection-state");

// Streamlit reads no address with an anchor at its end: that is taken off while it looks.
export function readAddress() {
  const { pathname, search, hash } = location;
  if (hash) history.replaceState(history.state, "", pathname + search);
  dispatchEvent(new PopStateEvent("popstate", { state: history.state }));
  if (hash) history.replaceState(history.state, "", pathname + search + hash);
}

export function readAddressOnReturn() {
  const app = document.querySelector("[data-testid=stApp]");
  let connected = state(app) === CONNECTED;
  new MutationObserver(() => {
    const now = state(app) === CONNECTED;
    if (now && !connected) readAddress();
    connected = now;
  }).observe(app, { attributeFilter: ["data-test-connection-state"] });
}
