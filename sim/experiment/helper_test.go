package experiment

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"epgsim/sim"
	"epgsim/sim/scenario"
)

// Helpers give the rows that Run itself gives, bit by bit and in the same order, however
// many they are: families of several periods, listed firms, mechanisms switched off, and
// replications left out.
func TestHelpersGiveTheSameRows(t *testing.T) {
	s, err := scenario.LoadShipped("environmental-technology")
	if err != nil {
		t.Fatal(err)
	}
	s.Off = append(s.Off, sim.Mechanisms[0].Name)
	var arms []Arm
	for v, variant := range PureForms(s.Frozen()) {
		for _, years := range []float64{1, 3, 2} {
			p := variant.Params
			p.Project.Years, p.Project.Horizon = years, 4
			arms = append(arms, Arm{Name: fmt.Sprintf("%s, %g", variant.Name, years), Params: p, Record: years > 1, Only: []bool{true, v != 1, false, true, true, true, true, true, true, false, true}})
		}
	}
	plan := Plan{Seed: 7, First: 3, Replications: 11}
	rows := func(helpers []Helper) (all []string) {
		plan.Helpers = helpers
		if err := Run(t.Context(), arms, plan, func(r Row) error {
			all = append(all, fmt.Sprint(r.Arm, r.Replication, exact(r)))
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		return all
	}
	want := rows(nil)
	if len(want) != 3*(9+8+9+9) {
		t.Fatalf("%d rows", len(want))
	}
	for n := range 3 {
		if got := rows(slices.Repeat([]Helper{Help}, n+1)); !slices.Equal(got, want) {
			t.Errorf("%d helpers give other rows", n+1)
		}
	}
}

// Helpers bring the columns that are wanted and no others.
func TestHelpersBringTheColumnsWanted(t *testing.T) {
	plan := Plan{Seed: 1, Replications: 2, Helpers: []Helper{Help}, Columns: []sim.Column{sim.ColTrust, sim.ColDeals}}
	rows := 0
	err := Run(t.Context(), []Arm{{Params: tiny(), Record: true}}, plan, func(r Row) error {
		rows++
		for c, values := range r.Series.Columns {
			if wanted := slices.Contains(plan.Columns, sim.Column(c)); len(values) != map[bool]int{true: 13, false: 0}[wanted] {
				t.Errorf("column %s has %d weeks", sim.Column(c).Info().Name, len(values))
			}
		}
		return nil
	})
	if err != nil || rows != 2 {
		t.Errorf("%d rows, %v", rows, err)
	}
}

// What goes wrong at a helper is told as it is, with the replication where the model broke;
// rows that are cut short, or of another version, are an error.
func TestHelpersErrorsAreTold(t *testing.T) {
	gone := errors.New("the helper has gone")
	cut := func(ctx context.Context, job []byte) ([]byte, error) {
		rows, err := Help(ctx, job)
		return rows[:len(rows)-1], err
	}
	short := func(ctx context.Context, job []byte) ([]byte, error) { return Help(ctx, job[:len(job)-1]) }
	for name, h := range map[string]Helper{"gone": func(context.Context, []byte) ([]byte, error) { return nil, gone }, "cut": cut, "short": short} {
		err := Run(t.Context(), []Arm{{Params: tiny()}}, Plan{Replications: 3, Helpers: []Helper{Help, h}[1:]}, func(Row) error { return nil })
		if err == nil || name == "gone" && !errors.Is(err, gone) {
			t.Errorf("%s: error is %v", name, err)
		}
	}
	broken := tiny()
	broken.Group.Size, broken.Formation.Candidates = 50, 60
	err := Run(t.Context(), []Arm{{Name: "broken", Params: broken}}, Plan{Seed: 42, First: 100, Replications: 3, Helpers: []Helper{Help}}, func(Row) error { return nil })
	var broke *bug
	if !errors.As(err, &broke) || broke.Replication != 100 || broke.Arm != "broken" {
		t.Errorf("error is %v", err)
	}
}
