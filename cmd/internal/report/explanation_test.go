package report

import (
	"context"
	"strings"
	"testing"

	"epgsim/sim"
	"epgsim/sim/experiment"
)

// Where much of a difference remains with all mechanisms off, the first line of the
// verdict says so, and what to try; else the last one says what remains.
func TestVerdictSaysWhatIsNotExplained(t *testing.T) {
	few, many := sim.Defaults(), sim.Defaults()
	few.Manager.Hours, many.Manager.Hours = 16, 32
	hours := [2]experiment.Variant{{Name: "few", Params: few}, {Name: "many", Params: many}}
	forms := experiment.PureForms(sim.Defaults())
	for _, c := range []struct {
		variants    [2]experiment.Variant
		mechanisms  []string
		unexplained [2]float64
		first, last string
	}{
		{hours, []string{"coverage"}, [2]float64{mostLeft, 9}, "These mechanisms do not explain this outcome: with all of them switched off the difference is +", "Clearly working the other way"},
		{[2]experiment.Variant{forms[0], forms[2]}, []string{"joint-hours", "alignment"}, [2]float64{littleLeft, mostLeft}, "These mechanisms explain this outcome only in part: with all of them switched off the difference is −", "Clearly working the other way"},
		{[2]experiment.Variant{forms[0], forms[2]}, []string{"joint-offers"}, [2]float64{0, 0}, "Deals in the project is ", "With all of these switched off no difference can be told any more (0)."},
	} {
		players, err := experiment.PlayersNamed(c.mechanisms, nil)
		if err != nil {
			t.Fatal(err)
		}
		e := experiment.NewExplanation(c.variants[0], c.variants[1], experiment.MeasureOf(sim.DealsProject), players, experiment.Plan{Seed: 1, Replications: 30})
		if err := e.Run(context.Background(), func(int) {}); err != nil {
			t.Fatal(err)
		}
		lines, u := explainVerdict(e), e.Unexplained()
		if first, last := lines[0], lines[len(lines)-1]; u < c.unexplained[0] || u > c.unexplained[1] || !strings.Contains(first, c.first) || !strings.Contains(last, c.last) {
			t.Errorf("%v off, %.2f unexplained: %q", c.mechanisms, u, lines)
		}
	}
}
