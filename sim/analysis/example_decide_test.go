package analysis_test

import (
	"fmt"
	"math/rand/v2"

	"epgsim/sim/analysis"
)

// Three project periods in worlds that are good or bad for all of them: which is
// best, if less than 10 k€ do not matter, and how many runs does it take?
func ExampleSelection() {
	luck := rand.New(rand.NewPCG(1, 1))
	selection := analysis.NewSelection(3, analysis.SelectionRule{Delta: 10, Most: 2000})
	for {
		if _, ended := selection.Done(); ended {
			break
		}
		world := 500 * luck.NormFloat64() // the same for all three
		row := make([]float64, 3)
		for _, option := range selection.Survivors() {
			row[option] = world + []float64{300, 400, 360}[option] + 60*luck.NormFloat64()
		}
		selection.Add(row)
	}
	ending, _ := selection.Done()
	fixed := 3 * analysis.FixedRows(3, 10, 0.05, 85)
	fmt.Println(selection.Best(), ending == analysis.BestKnown, selection.Runs(), fixed)
	// Output: 1 true 288 798
}

// A market far away pays where the technology is new and the manager has time.
func ExampleFindBox() {
	luck := rand.New(rand.NewPCG(2, 2))
	var worlds [][]float64
	var cases []bool
	for range 400 {
		technology, hours, luckAlone := luck.Float64(), float64(4+luck.IntN(20)), luck.Float64()
		worlds = append(worlds, []float64{technology, hours, luckAlone})
		cases = append(cases, technology > 0.6 && hours > 14)
	}
	box, _ := analysis.FindBox(worlds, cases, 0.05, 1)
	for _, c := range box.Conditions {
		fmt.Printf("input %d above %.1f\n", c.Input, c.Low)
	}
	fmt.Println(box.Density.Estimate > 0.9, box.Coverage.Estimate > 0.9)
	// Output:
	// input 0 above 0.6
	// input 1 above 14.5
	// true true
}
