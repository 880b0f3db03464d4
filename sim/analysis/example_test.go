package analysis_test

import (
	"fmt"

	"epgsim/sim/analysis"
)

// Five groups under two forms, the same luck in each pair: is the difference
// more than chance, and how many pairs would tell?
func Example() {
	system := []float64{310, 420, 150, 505, 260} // k€
	market := []float64{280, 350, 190, 430, 245}
	difference := analysis.Difference(system, market)
	fmt.Println(analysis.FormatInterval(difference, ""))
	fmt.Println("noise:", analysis.Noise(difference))
	fmt.Println(analysis.MoreNeeded(difference, 1000))
	// Output:
	// 30 −30 90
	// noise: true
	// 20 true
}
