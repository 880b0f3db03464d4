package main

import (
	"slices"
	"strings"
	"testing"

	"epgsim/sim/scenario"
)

// Ranges have both ends, in exact decimals, and mix with lists.
func TestRanges(t *testing.T) {
	for text, want := range map[string]string{
		"manager.hours=8:40:8":               "8 16 24 32 40",
		"manager.hours=8:40:8,100":           "8 16 24 32 40 100",
		"manager.hours= 5 , 8 : 16 : 4 , 20": "5 8 12 16 20",
		"group.focus=0:0.3:0.1":              "0 0.1 0.2 0.3",
		"group.focus=0.00:1:0.25":            "0 0.25 0.5 0.75 1",
		"group.focus=0.5:0.5:0.1":            "0.5",
		"project.years=010:10:1":             "10",
		"manager.hours=0.1:1.1:0.1":          "0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9 1 1.1",
		"group.hub=Yard: North,Mill":         "Yard: North|Mill", // no number has this
	} {
		_, values, err := splitVariation(text, nil)
		sep := " "
		if strings.Contains(want, "|") {
			sep = "|"
		}
		if err != nil || !slices.Equal(values, strings.Split(want, sep)) {
			t.Errorf("--vary %s: %q, %v; want %q", text, values, err, want)
		}
	}
}

// What a range makes is what the same values make, one by one; twelve are taken.
func TestRangeIsItsValues(t *testing.T) {
	s, err := scenario.LoadShipped("food-products")
	if err != nil {
		t.Fatal(err)
	}
	a, err := vary(s, []string{"manager.hours=5:60:5"})
	if err != nil {
		t.Fatal(err)
	}
	b, err := vary(s, []string{"manager.hours=5,10,15,20,25,30,35,40,45,50,55,60"})
	if err != nil {
		t.Fatal(err)
	}
	if len(a.variants) != mostVariants || len(b.variants) != mostVariants {
		t.Fatalf("%d and %d variants, want %d", len(a.variants), len(b.variants), mostVariants)
	}
	for k := range a.variants {
		if a.variants[k].Key != b.variants[k].Key || a.variants[k].Params.Manager.Hours != float64(5*(k+1)) {
			t.Errorf("variant %d: %s with %v hours, and %s", k, a.variants[k].Key, a.variants[k].Params.Manager.Hours, b.variants[k].Key)
		}
	}
}
