// Which of some numbers, stops or places, is nearest to a value: its index.

export function nearest(numbers, value) {
  const gaps = numbers.map((number) => Math.abs(number - value));
  return gaps.indexOf(Math.min(...gaps));
}
