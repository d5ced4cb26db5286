// Which class a model makes most probable in every cell of a square, and how probable: the mirror
// of core's softmax of a linear layer. tests/e2e/test_training_played.py holds the two together.

// parameters  for each of n classes: its score in the lower left corner, and what it gains from
//             left to right and from bottom to top
// best        takes each cell's class, row after row from the top; share its probability
export function regions(parameters, n, side, best, share) {
  const scores = new Float64Array(n);
  for (let row = 0, cell = 0; row < side; row++) {
    const up = 1 - (row + 0.5) / side;
    for (let column = 0; column < side; column++, cell++) {
      const across = (column + 0.5) / side;
      let winner = 0;
      for (let k = 0; k < n; k++) {
        scores[k] = parameters[3 * k] + parameters[3 * k + 1] * across + parameters[3 * k + 2] * up;
        if (scores[k] > scores[winner]) winner = k;
      }
      let sum = 0;
      for (let k = 0; k < n; k++) sum += Math.exp(scores[k] - scores[winner]);
      best[cell] = winner;
      share[cell] = 1 / sum;
    }
  }
}
