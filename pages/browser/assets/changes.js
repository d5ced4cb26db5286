// Streamlit builds the page, and builds parts of it anew at every answer. What our side adds to its
// elements is added after each change, a little later: many changes come as one.

const REST = 100; // ms
const tasks = [];

function run() {
  delete document.documentElement.dataset.changing;
  for (const task of tasks) task();
}

function schedule() {
  if ("changing" in document.documentElement.dataset) return;
  document.documentElement.dataset.changing = ""; // tests wait until it is gone
  setTimeout(run, REST);
}

export function afterChanges(task) {
  tasks.push(task);
  schedule();
}

new MutationObserver(schedule).observe(document.body, { childList: true, subtree: true, characterData: true });
addEventListener("resize", schedule);
document.fonts.addEventListener("loadingdone", schedule);
