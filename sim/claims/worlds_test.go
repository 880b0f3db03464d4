package claims

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"epgsim/sim/scenario"
)

// worldsOf are worlds of trust.start and project.subsidy by weight.
func worldsOf(t *testing.T, weights ...float64) *scenario.Worlds {
	t.Helper()
	var trust, subsidy []float64
	for k := range weights {
		trust, subsidy = append(trust, 0.1+0.01*float64(k)), append(subsidy, 0.05*float64(k))
	}
	w, err := scenario.NewWorlds("w", []string{"weight", "trust.start", "project.subsidy"}, [][]float64{weights, trust, subsidy}, 1)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// The base of a world is the random set of its number, with what the world says in its
// place, and luck of its own.
func TestWorldsAreBases(t *testing.T) {
	p := Plan{Seed: 5, Sets: 8, Worlds: worldsOf(t, 1, 1, 1, 1)}
	if n := len(p.Units()); n != 2+8+8 {
		t.Fatalf("%d units", n)
	}
	times := map[int]int{}
	for k := range p.Sets {
		number, base, world := p.baseOf(unitOfWorld(k))
		times[world]++
		want := p.randomSet(k)
		want.Trust.Start = p.Worlds.Rows[world-1][0] // and not the subsidy, which people decide
		if fmt.Sprint(base) != fmt.Sprint(want) {
			t.Errorf("world %d is not its set with what it says", k)
		}
		if own, _, none := p.baseOf(unitOfSet(k)); own == number || none != 0 {
			t.Errorf("world %d has the luck of set %d", k, k)
		}
	}
	if fmt.Sprint(times) != "map[1:2 2:2 3:2 4:2]" {
		t.Errorf("rows came so often: %v", times)
	}
	if Full.Sets > firstWorld {
		t.Error("worlds and sets share replications")
	}
}

// Worlds change no verdict; the one over worlds stands beside it, and follows their
// share.
func TestWorldsStandBeside(t *testing.T) {
	clear := Estimate{1, 0.1}
	good, bad := []float64{1, 1, -1}, []float64{1, -1, 1}
	units := unitsOf([]Estimate{clear, clear, clear}, slices.Repeat([][]float64{good}, 20)...)
	before := Judge(made(), units)[0]
	if before.Fitted.Verdict != "" || before.Fitted.Sets != 0 || before.Parts[0].Fitted.Sets != 0 {
		t.Errorf("without worlds: %+v", before.Fitted)
	}
	for k := range 20 {
		of := unitsOf(nil, bad)[unitOfSet(0)]
		of.World = 1 + k
		units[unitOfWorld(k)] = of
	}
	r := Judge(made(), units)[0]
	if r.Verdict != before.Verdict || fmt.Sprint(r.Or, r.Sets, r.Took) != fmt.Sprint(before.Or, before.Sets, before.Took) {
		t.Errorf("the verdict has become %s, %v, %v", r.Verdict, r.Or, r.Sets)
	}
	if r.Fitted.Verdict != NotRobust || r.Fitted.Estimate != 0 || r.Fitted.Sets != 20 || r.Parts[0].Fitted.Estimate != 1 || r.Parts[1].Fitted.Estimate != 0 {
		t.Errorf("over worlds: %+v", r.Fitted)
	}
}

// A world that comes again says nothing new: the interval is as wide as that of the
// worlds that differ.
func TestRepeatedWorldsWidenTheInterval(t *testing.T) {
	c := &Claim{Parts: make([]Part, 1)}
	of := func(n, different int) Share {
		var sets []inSet
		for k := range n {
			sets = append(sets, inSet{[]Estimate{{1, 0.01}}, 80, 1 + k%different})
		}
		return claimShare(c, sets)
	}
	if all, few := of(80, 80), of(80, 10); few.Low >= all.Low || few.Low != of(10, 10).Low || few.Estimate != 1 {
		t.Errorf("80 different worlds: %+v; 10, eight times each: %+v", all, few)
	}
}

// A world unit runs as a set does, whoever else runs, and for any number of workers.
func TestWorldUnitsAreReproducible(t *testing.T) {
	p := tiny
	p.Worlds = worldsOf(t, 1, 2, 3)
	some, _ := Find([]string{"C44", "C104"})
	one, _ := Find([]string{"C104"})
	a, err := p.RunUnit(context.Background(), unitOfWorld(1), some, nil)
	if err != nil {
		t.Fatal(err)
	}
	p.Workers = 3
	b, err := p.RunUnit(context.Background(), unitOfWorld(1), one, nil)
	if err != nil || a.World < 1 || a.World != b.World || fmt.Sprint(a.Parts["C104"]) != fmt.Sprint(b.Parts["C104"]) {
		t.Errorf("%v and %v, %v", a, b, err)
	}
	plain, err := p.RunUnit(context.Background(), unitOfSet(1), one, nil)
	if err != nil || fmt.Sprint(plain.Parts) == fmt.Sprint(b.Parts) {
		t.Errorf("the set is the world: %v, %v", plain, err)
	}
}
