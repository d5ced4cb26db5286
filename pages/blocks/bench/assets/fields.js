// The server hangs up on a browser that sends more than a megabyte at once. What was pasted into a
// field by mistake is cut before that, and then refused in the learner's words.

const LONGEST = 100_000; // characters, of which no field takes more than some thousand

addEventListener("focusin", (event) => {
  const field = event.composedPath()[0];
  if (field.matches("input, textarea") && field.maxLength < 0) field.maxLength = LONGEST;
});
