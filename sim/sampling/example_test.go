package sampling_test

import (
	"fmt"

	"epgsim/sim/sampling"
)

// The rows of a trajectory differ in one group each: here dimension 0, and
// dimensions 1 and 2 together.
func Example() {
	design, err := sampling.Morris(1, 4, []int{0, 1, 1}, 7)
	if err != nil {
		fmt.Println(err)
		return
	}
	x := make([]float64, design.Dims())
	for row := range design.Rows() {
		place := design.At(row, x)
		fmt.Printf("%.2f %v %d\n", x, place.Role, place.Group)
	}
	// Output:
	// [0.33 0.00 0.67] start -1
	// [1.00 0.00 0.67] step 0
	// [1.00 0.67 0.00] step 1
}
