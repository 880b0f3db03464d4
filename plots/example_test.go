package plots_test

import (
	"fmt"

	"epgsim/plots"
)

func Example() {
	f, err := plots.ManagerHours(plots.HoursInput{
		Tasks: []string{"prospecting", "meetings", "coordination"},
		Forms: []plots.HoursForm{
			{Form: plots.Form{Kind: plots.Market}, Hours: []float64{11, 7, 2}}, // a week
			{Form: plots.Form{Kind: plots.System}, Hours: []float64{5, 6, 9}},
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	svg, err := f.SVG()
	fmt.Println(len(svg) > 0, err)
	fmt.Println(f.Title)
	// Output:
	// true <nil>
	// Where the export manager’s hours went, by organisational form
}
