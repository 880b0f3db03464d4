package sampling

// Resample draws n of the rows that have the weights, by systematic resampling
// (Kitagawa 1996): the rows, in random order, lie end to end along a line, each as
// long as its weight, and n marks at even distances pick those they fall on. A row
// is drawn as often as its weight says, rounded up or down: of equal weights none
// comes twice while n is no more than the rows. What is drawn comes in random order,
// so that any part of it is a sample too. Weights must be above zero.
func Resample(weights []float64, n int, seed uint64) []int {
	order, total := make([]int, len(weights)), 0.0
	key := address(seed, drawRow)
	for row := range order {
		order[shuffled(key, len(order), row)] = row
	}
	for _, row := range order { // in the order of the line, so that the sum is its length to the last bit
		total += weights[row]
	}
	// The middle of one of 2^20 parts of a distance: rounding does not move a mark over the end of a row.
	const parts = 20
	shift := float64(float64(address(seed, drawShift)>>(64-parts)<<1|1) / (1 << (parts + 1)))
	drawn := make([]int, n)
	key = address(seed, drawPick)
	at, end := 0, weights[order[0]]
	for k := range n {
		mark := total * ((float64(k) + shift) / float64(n))
		for mark >= end && at < len(order)-1 {
			at++
			end += weights[order[at]]
		}
		drawn[shuffled(key, n, k)] = order[at]
	}
	return drawn
}
